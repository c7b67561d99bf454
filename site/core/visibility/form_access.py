"""What a page's form may refer to: a request can name more than the choosers offer."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import BaseModelForm, Field, ModelChoiceField
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from core.keys import parse_key
from core.visibility.querysets import may_see_all

# The model (page, image or document) and the key as text.
Reference = tuple[type[Model], str]


def refuse_invisible_choices(form: Any, known_objects: Collection[Reference]) -> None:
    """Refuse a bound page form that refers to what its user may not see.

    `known_objects` are those to which the page refers already.

    Raises:
        PermissionDenied: shown again, the form would contain the title of a foreign draft or file.
    """
    keys_by_model = defaultdict(set)
    for model, key in _form_references(form):
        if (model, key) not in known_objects:
            keys_by_model[model].add(key)
    if not all(may_see_all(form.for_user, model, keys) for model, keys in keys_by_model.items()):
        raise PermissionDenied


def referenced_objects(instance: Model) -> set[Reference]:
    """Return every page, image and document that `instance` refers to by a proper key."""
    models = {ReferenceIndex._get_base_content_type(model).pk: model for model in _models()}
    references = ReferenceIndex._extract_references_from_object(instance)
    return {
        (models[content_type_id], str(key))
        for content_type_id, key, _model_path, _path in references
        if content_type_id in models and parse_key(key)
    }


def _form_references(form: BaseModelForm) -> Iterator[Reference]:
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for model, key in _field_references(form, name, field, value):
            known = next((known for known in _models() if issubclass(model, known)), None)
            if known and key:
                yield known, str(key)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _form_references(child)


def _field_references(
    form: BaseModelForm, name: str, field: Field, value: Any
) -> Iterator[tuple[type[Model], Any]]:
    if isinstance(field, ModelChoiceField) and field.queryset is not None:
        yield field.queryset.model, value
    model_fields = form._meta.model._meta.fields
    model_field = next((each for each in model_fields if each.name == name), None)
    extract_references = getattr(model_field, "extract_references", None)
    if extract_references and value is not None:
        for model, key, _model_path, _path in extract_references(value):
            yield model, key


def _models() -> tuple[type[Model], ...]:
    return Page, get_image_model(), get_document_model()

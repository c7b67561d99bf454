"""What a page's form may name: a chooser offers what a person sees, a request can say anything."""

from collections import defaultdict
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelChoiceField
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from core.visibility.querysets import can_see_all


def refuse_invisible_choices(form, known) -> None:
    """Refuse a bound page form that names what its user may not see and `known` does not hold.

    Raises:
        PermissionDenied: shown again, the form would bear the title of a foreign draft or file.
    """
    named = defaultdict(set)
    for model, key in _named(form):
        if (model, key) not in known:
            named[model].add(key)
    if not all(can_see_all(form.for_user, model, keys) for model, keys in named.items()):
        raise PermissionDenied


def objects_named_by(instance) -> set[tuple[type[Model], str]]:
    """The (kind, key) of every page, image and document that `instance` refers to."""
    kinds = {ReferenceIndex._get_base_content_type(kind).pk: kind for kind in _kinds()}
    references = ReferenceIndex._extract_references_from_object(instance)
    return {(kinds[kind], str(key)) for kind, key, _model, _path in references if kind in kinds}


def _named(form) -> Iterator[tuple[type[Model], str]]:
    for name, field in form.fields.items():
        said = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for model, key in _references(form, name, field, said):
            kind = next((kind for kind in _kinds() if issubclass(model, kind)), None)
            if kind and key:
                yield kind, str(key)
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            yield from _named(child)


def _references(form, name, field, said):
    if isinstance(field, ModelChoiceField):
        yield field.queryset.model, said
    column = next((column for column in form._meta.model._meta.fields if column.name == name), None)
    if hasattr(column, "extract_references") and said is not None:
        for model, key, _model_path, _path in column.extract_references(said):
            yield model, key


def _kinds():
    return Page, get_image_model(), get_document_model()

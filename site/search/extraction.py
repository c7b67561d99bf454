"""Extraction of the searchable text of an object: its search fields as plain text."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Manager
from django.utils.encoding import force_str
from wagtail.search.index import AutocompleteField, BaseField, RelatedFields, SearchField


class TextPart(NamedTuple):
    """The text of a field with the boost of that field, if it has one."""

    text: str
    boost: float | None = None


class IndexedText(NamedTuple):
    """The texts of an object by the columns of Wagtail's index entry."""

    title: list[TextPart]
    body: list[TextPart]
    # Text for autocompletion without the title itself.
    autocomplete: list[TextPart]


def extract_text(instance: Any) -> IndexedText:
    """Return the texts of `instance`, an indexed model, by its `search_fields`."""
    indexed = IndexedText([], [], [])
    fields = instance.get_search_fields()
    for field, value in _field_values(instance, fields):
        text = _plain_text(value).strip()
        # The title of a related object is not that of this one.
        is_title = field.field_name == "title" and field in fields
        if text and isinstance(field, SearchField):
            parts = indexed.title if is_title else indexed.body
            parts.append(TextPart(text, field.boost))
        elif text and not is_title:
            indexed.autocomplete.append(TextPart(text))
    return indexed


def join_parts(parts: Iterable[TextPart]) -> str:
    """Return the parts as one text, from which excerpts are cut."""
    return " ".join(part.text for part in parts)


def _field_values(instance: Any, fields: Iterable[BaseField]) -> Iterator[tuple[BaseField, Any]]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, field.get_value(instance)
        elif isinstance(field, RelatedFields):
            for related in _related_objects(field.get_value(instance)):
                yield from _field_values(related, field.fields)


def _related_objects(value: Any) -> list:
    if value is None:
        return []
    if isinstance(value, Manager):
        return list(value.all())
    return [value() if callable(value) else value]


def _plain_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return " ".join(_plain_text(item) for item in value)
    return force_str(value)

"""What of an object is searched: the values of its search fields, as plain text."""

from typing import NamedTuple

from django.db.models import Manager
from django.utils.encoding import force_str
from wagtail.search.index import AutocompleteField, RelatedFields, SearchField


class Part(NamedTuple):
    """A piece of text with the boost of its field, if it has one."""

    text: str
    boost: float | None = None


class Extract(NamedTuple):
    """The texts of an object, as Wagtail's index divides them."""

    title: list[Part]
    body: list[Part]
    # What completes a title while somebody types, without the title itself.
    autocomplete: list[Part]


def extract_of(instance) -> Extract:
    """The texts of `instance` by its `search_fields`."""
    extract = Extract([], [], [])
    fields = instance.get_search_fields()
    for field, value in _values(instance, fields):
        text = _plain(value).strip()
        # The title of a related object is not that of this one.
        is_title = field.field_name == "title" and field in fields
        if text and isinstance(field, SearchField):
            parts = extract.title if is_title else extract.body
            parts.append(Part(text, field.boost))
        elif text and not is_title:
            extract.autocomplete.append(Part(text))
    return extract


def text_of(parts: list[Part]) -> str:
    """The parts as one text, as an excerpt of it is shown."""
    return " ".join(part.text for part in parts)


def _values(instance, fields):
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, field.get_value(instance)
        elif isinstance(field, RelatedFields):
            for related in _related(field.get_value(instance)):
                yield from _values(related, field.fields)


def _related(value) -> list:
    if value is None:
        return []
    if isinstance(value, Manager):
        return list(value.all())
    return [value() if callable(value) else value]


def _plain(value) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return " ".join(_plain(one) for one in value)
    return force_str(value)

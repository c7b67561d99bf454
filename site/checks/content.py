"""The check for complete content: of the page, and of the rows that belong to it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from checks.registry import Finding, Severity, register
from core.publishing.content import BOOKKEEPING


@register("complete")
def check_completeness(page: Page) -> Iterator[Finding]:
    """Yield what a page lacks to be complete, field by field."""
    for message in [*_validation_errors(page), *_row_errors(page)]:
        yield Finding(Severity.ERROR, message)


def _row_errors(page: Page) -> Iterator[str]:
    """Yield the errors of figures, stops, records …, each after the row's name and number."""
    for relation in get_all_child_relations(page):
        if relation.get_accessor_name() in BOOKKEEPING:
            continue
        options = relation.related_model._meta
        # To its table a row of a revision is new, although it may be there already.
        excluded = [relation.field.name, options.pk.name]
        rows = getattr(page, relation.get_accessor_name()).all()
        for number, row in enumerate(rows, start=1):
            for message in _validation_errors(row, exclude=excluded):
                yield _("%(row)s %(number)s, %(mistake)s") % {
                    "row": options.verbose_name,
                    "number": number,
                    "mistake": message,
                }


def _validation_errors(instance: Model, exclude: Iterable[str] = ()) -> Iterator[str]:
    """Yield the messages of the instance's validation, each after the field's name."""
    try:
        instance.full_clean(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (_with_field_name(instance, name, message) for message in messages)


def _with_field_name(instance: Model, name: str, message: str) -> str:
    if name == NON_FIELD_ERRORS:
        return message
    field: Any = instance._meta.get_field(name)
    return _("%(field)s: %(message)s") % {"field": field.verbose_name, "message": message}

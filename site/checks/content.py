"""Whether what was submitted is complete: the page, and the rows that belong to it."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from checks.registry import BLOCK, Finding, check
from core.publishing.content import BOOKKEEPING


@check("complete")
def complete(page) -> Iterator[Finding]:
    """What a page lacks to be complete, field by field, in words for a teacher."""
    for mistake in [*_mistakes(page), *_row_mistakes(page)]:
        yield Finding(BLOCK, mistake)


def _row_mistakes(page) -> Iterator[str]:
    """The mistakes of figures, stops, records …, with the row's name and number before them."""
    for relation in get_all_child_relations(page):
        if relation.get_accessor_name() in BOOKKEEPING:
            continue
        kind = relation.related_model._meta
        # A row of a revision counts as new to its table although it may stand there already.
        known = [relation.field.name, kind.pk.name]
        rows = getattr(page, relation.get_accessor_name()).all()
        for number, row in enumerate(rows, start=1):
            for mistake in _mistakes(row, except_fields=known):
                yield _("%(row)s %(number)s, %(mistake)s") % {
                    "row": kind.verbose_name,
                    "number": number,
                    "mistake": mistake,
                }


def _mistakes(thing, except_fields=()) -> Iterator[str]:
    """What validation says about a page or row, each message with the field's name before it."""
    try:
        thing.full_clean(exclude=except_fields)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (_named(thing, name, message) for message in messages)


def _named(thing, name: str, message: str) -> str:
    if name == NON_FIELD_ERRORS:
        return message
    label = thing._meta.get_field(name).verbose_name
    return _("%(field)s: %(message)s") % {"field": label, "message": message}

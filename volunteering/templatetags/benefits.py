"""What the pages of volunteer projects need: the sums of a few records."""

from collections.abc import Iterable

from django import template

from volunteering.totals import Total, totals_in

register = template.Library()


@register.filter
def summed(records: Iterable) -> list[Total]:
    """The totals by unit of records in memory, such as those of one year."""
    return totals_in(records)

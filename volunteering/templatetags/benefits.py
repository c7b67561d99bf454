"""Template filters of volunteer project pages."""

from collections.abc import Iterable

from django import template

from volunteering.totals import Total, sum_records

register = template.Library()


@register.filter
def summed(records: Iterable) -> list[Total]:
    """Return the totals by unit of records in memory, such as those of one year."""
    return sum_records(records)

"""What volunteering achieved: always summed from the benefit records, never typed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.db.models import Max, Sum
from django.db.models.functions import ExtractYear


class Total(NamedTuple):
    """A sum in one unit (units are never mixed); `as_of` is the day of its newest record."""

    unit: str
    label: str
    quantity: Decimal
    as_of: date


def totals_in(records: Iterable) -> list[Total]:
    """The totals of `records` in memory, as a draft or a preview holds them."""
    sums: dict[str, tuple[Decimal, date]] = {}
    for record in records:
        quantity, as_of = sums.get(record.unit, (Decimal(0), record.date))
        sums[record.unit] = (quantity + record.quantity, max(as_of, record.date))
    return _in_order((unit, *found) for unit, found in sums.items())


def totals_of(projects) -> list[Total]:
    """The totals of the live pages among `projects` (a queryset), by one query."""
    rows = _public_records(projects).values_list("unit")
    return _in_order(rows.annotate(Sum("quantity"), Max("date")))


def totals_by_year(projects) -> dict[int, list[Total]]:
    """The same by the year of the record, newest year first, by one query."""
    rows = _public_records(projects).annotate(year=ExtractYear("date")).values_list("year", "unit")
    years: dict[int, list] = {}
    for year, *found in rows.annotate(Sum("quantity"), Max("date")).order_by("-year"):
        years.setdefault(year, []).append(found)
    return {year: _in_order(found) for year, found in years.items()}


def _records():
    return apps.get_model("volunteering.BenefitRecord")


def _public_records(projects):
    pages = projects.order_by().values("pk")
    # The default order by position would split the groups.
    return _records().objects.filter(page__in=pages, page__live=True).order_by()


def _in_order(rows) -> list[Total]:
    found = {unit: (quantity, as_of) for unit, quantity, as_of in rows}
    return [
        Total(unit, str(label), *found[unit])
        for unit, label in _records().Unit.choices
        if unit in found
    ]

"""Totals of benefit records by unit; nobody types a total."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import ExtractYear
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from volunteering.models import BenefitRecord


class Total(NamedTuple):
    """A sum in one unit (units are never mixed); `as_of` is the day of its newest record."""

    unit: str
    label: str
    quantity: Decimal
    as_of: date


# Unit, sum and newest day.
TotalRow = tuple[str, Decimal, date]


def sum_records(records: Iterable["BenefitRecord"]) -> list[Total]:
    """Return the totals of `records` in memory, as a draft or a preview holds them."""
    sums: dict[str, tuple[Decimal, date]] = {}
    for record in records:
        quantity, as_of = sums.get(record.unit, (Decimal(0), record.date))
        sums[record.unit] = (quantity + record.quantity, max(as_of, record.date))
    return _in_order_of_units((unit, *total) for unit, total in sums.items())


def sum_public_records(projects: PageQuerySet) -> list[Total]:
    """Return the totals of the live pages among `projects`, by one query."""
    rows = _public_records(projects).values_list("unit")
    return _in_order_of_units(rows.annotate(Sum("quantity"), Max("date")))


def sum_public_records_by_year(projects: PageQuerySet) -> dict[int, list[Total]]:
    """Return the same by the year of the record, newest year first, by one query."""
    rows = _public_records(projects).annotate(year=ExtractYear("date")).values_list("year", "unit")
    years: dict[int, list[TotalRow]] = {}
    for year, *total_row in rows.annotate(Sum("quantity"), Max("date")).order_by("-year"):
        years.setdefault(year, []).append(tuple(total_row))
    return {year: _in_order_of_units(total_rows) for year, total_rows in years.items()}


def _record_model() -> "type[BenefitRecord]":
    # By name: the module of the models imports this one.
    return apps.get_model("volunteering.BenefitRecord")


def _public_records(projects: PageQuerySet) -> QuerySet:
    pages = projects.order_by().values("pk")
    # The default order by position would split the groups.
    return _record_model().objects.filter(page__in=pages, page__live=True).order_by()


def _in_order_of_units(rows: Iterable[TotalRow]) -> list[Total]:
    totals = {unit: (quantity, as_of) for unit, quantity, as_of in rows}
    return [
        Total(unit, str(label), *totals[unit])
        for unit, label in _record_model().Unit.choices
        if unit in totals
    ]

"""The sums of a project by month or by year, as a bar chart and as rows of a table."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import BarChartRow, bar_chart
from core.templatetags.yipin import number

if TYPE_CHECKING:
    from volunteering.models import BenefitRecord

MAX_BARS = 24
# Years per bar, where one bar for each year would be too many.
YEARS_PER_BAR = (1, 2, 5, 10, 20, 50, 100, 500)


class Timeline(NamedTuple):
    """The sums of one unit by period, oldest first, empty periods included."""

    title: str
    label: str
    rows: list[BarChartRow]
    drawing: SafeString


class Period(NamedTuple):
    """The time that one bar stands for, from its first month to its last."""

    label: str
    # (year, month)
    first: tuple[int, int]
    last: tuple[int, int]


def build_timelines(records: Iterable["BenefitRecord"]) -> list[Timeline]:
    """Return one timeline for each unit whose records, in memory, span at least two periods."""
    records = list(records)
    if not records:
        return []
    by_month = _fits_months(records)
    # By name: the module of the models imports this one.
    units = apps.get_model("volunteering.BenefitRecord").Unit
    timelines = []
    for unit in units:
        of_unit = [record for record in records if record.unit == unit]
        rows = _rows(of_unit, _months(of_unit) if by_month else _years(of_unit, records))
        if len(rows) > 1:
            timelines.append(_timeline(unit, rows, by_month=by_month))
    return timelines


def _fits_months(records: "Sequence[BenefitRecord]") -> bool:
    """Return whether the months are few enough to get a bar each."""
    first, last = _span(records)
    return (last.year - first.year) * 12 + last.month - first.month < MAX_BARS


def _span(records: "Sequence[BenefitRecord]") -> tuple[date, date]:
    days = [record.date for record in records]
    return min(days), max(days)


def _months(records: "Sequence[BenefitRecord]") -> Iterator[Period]:
    """Yield each month from the first record to the last."""
    if not records:
        return
    first, last = _span(records)
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        month = (count // 12, count % 12 + 1)
        yield Period(date_format(date(*month, 1), "YEAR_MONTH_FORMAT"), month, month)


def _years(
    records: "Sequence[BenefitRecord]", all_records: "Sequence[BenefitRecord]"
) -> Iterator[Period]:
    """Yield each year, or as many years together as keep the bars few in every unit."""
    if not records:
        return
    first, last = _span(all_records)
    step = next(n for n in YEARS_PER_BAR if last.year // n - first.year // n < MAX_BARS)
    first, last = _span(records)
    for period in range(first.year // step, last.year // step + 1):
        start, end = period * step, period * step + step - 1
        label = str(start) if step == 1 else f"{start}–{end}"
        yield Period(label, (start, 1), (end, 12))


def _rows(records: "Sequence[BenefitRecord]", periods: Iterable[Period]) -> list[BarChartRow]:
    rows = []
    for label, first, last in periods:
        inside = [r for r in records if first <= (r.date.year, r.date.month) <= last]
        total = sum((record.quantity for record in inside), Decimal(0))
        rows.append(BarChartRow(label, total, number(total)))
    return rows


def _timeline(unit: "BenefitRecord.Unit", rows: list[BarChartRow], by_month: bool) -> Timeline:
    title = _("%(unit)s by month") if by_month else _("%(unit)s by year")
    title %= {"unit": unit.label}
    peak = max(rows, key=lambda row: row.value)
    description = _("From %(first)s to %(last)s; most in %(peak)s: %(quantity)s.") % {
        "first": rows[0].label,
        "last": rows[-1].label,
        "peak": peak.label,
        "quantity": peak.display_value,
    }
    return Timeline(
        title, str(unit.label), rows, bar_chart(rows, f"bars-{unit.value}", title, description)
    )

"""What a project achieved over time: sums by month or by year, as bars and as a table."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.charts import BarChartRow, bar_chart
from core.templatetags.yipin import number

MOST_BARS = 24
# So many years go into one bar when single ones would be too many.
STEPS = (1, 2, 5, 10, 20, 50, 100, 500)


class Timeline(NamedTuple):
    """The sums of one unit over time, oldest first, those of empty periods included."""

    title: str
    label: str
    rows: list[BarChartRow]
    drawing: SafeString


def timelines_in(records: Iterable) -> list[Timeline]:
    """One timeline per unit that reaches over at least two periods, from records in memory."""
    records = list(records)
    if not records:
        return []
    months = _months(records)
    units = apps.get_model("volunteering.BenefitRecord").Unit
    drawn = []
    for unit in units:
        of_unit = [record for record in records if record.unit == unit]
        rows = _rows(of_unit, _by_month(of_unit) if months else _by_years(of_unit, records))
        if len(rows) > 1:
            drawn.append(_timeline(unit, rows, by_month=months))
    return drawn


def _months(records) -> bool:
    """Whether months are few enough to get a bar each."""
    first, last = _span(records)
    return (last.year - first.year) * 12 + last.month - first.month < MOST_BARS


def _span(records) -> tuple[date, date]:
    days = [record.date for record in records]
    return min(days), max(days)


def _by_month(records) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """(label, first month, last month) of each period; a month is (year, month)."""
    if not records:
        return
    first, last = _span(records)
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        month = (count // 12, count % 12 + 1)
        yield date_format(date(*month, 1), "YEAR_MONTH_FORMAT"), month, month


def _by_years(records, all_records) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """The same by years, or by as many years together as keep the bars few in every unit."""
    if not records:
        return
    first, last = _span(all_records)
    step = next(n for n in STEPS if last.year // n - first.year // n < MOST_BARS)
    first, last = _span(records)
    for period in range(first.year // step, last.year // step + 1):
        start, end = period * step, period * step + step - 1
        label = str(start) if step == 1 else f"{start}–{end}"
        yield label, (start, 1), (end, 12)


def _rows(records, periods) -> list[BarChartRow]:
    rows = []
    for label, first, last in periods:
        inside = [r for r in records if first <= (r.date.year, r.date.month) <= last]
        total = sum((record.quantity for record in inside), Decimal(0))
        rows.append(BarChartRow(label, total, number(total)))
    return rows


def _timeline(unit, rows: list[BarChartRow], by_month: bool) -> Timeline:
    title = _("%(unit)s by month") if by_month else _("%(unit)s by year")
    title %= {"unit": unit.label}
    most = max(rows, key=lambda row: row.value)
    words = _("From %(first)s to %(last)s; most in %(peak)s: %(quantity)s.") % {
        "first": rows[0].label,
        "last": rows[-1].label,
        "peak": most.label,
        "quantity": most.display_value,
    }
    return Timeline(
        title, str(unit.label), rows, bar_chart(rows, f"bars-{unit.value}", title, words)
    )

"""Horizontal bar charts as SVG: one bar per row, each with its number beside it.

The bars are horizontal so that two dozen of them fit on a phone with every number written out.
Colour comes from CSS (`--pine`); colour alone carries no information.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text.han import text_width

BAR_COLOUR = "#1F5D50"
# Pixels.
WIDTH = 360
ROW_HEIGHT, BAR_HEIGHT, FONT_SIZE = 24, 12, 12
PADDING = 8
# However long the labels are, the bars keep this much, and the drawing grows.
MIN_BAR_AREA = 120


class BarChartRow(NamedTuple):
    """A bar: its label, its length, and its number as readers see it."""

    label: str
    value: Decimal | float
    display_value: str


def bar_chart(
    rows: Sequence[BarChartRow], element_id: str, title: str, description: str = ""
) -> SafeString:
    """Return the chart; empty where every value is zero. `element_id` is unique on the page.

    Values are zero or more. A screen reader gets title and description only, so show the rows in
    a table too.
    """
    highest = max((row.value for row in rows), default=0)
    if highest <= 0:
        return SafeString("")
    left = _width_for(row.label for row in rows)
    right = _width_for(row.display_value for row in rows)
    bar_area = max(WIDTH - left - right, MIN_BAR_AREA)
    bars = format_html_join(
        "", "{}", ((_bar(row, i, left, bar_area, highest),) for i, row in enumerate(rows))
    )
    height = len(rows) * ROW_HEIGHT
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-words"'
        ' focusable="false"><title id="{}-title">{}</title><desc id="{}-words">{}</desc>{}'
        '<path class="bars-line" d="M{} 0V{}" stroke="#C4B9A6"/></svg>',
        left + bar_area + right, height, element_id, element_id, element_id, title, element_id,
        description, bars, left, height,
    )  # fmt: skip


def _bar(
    row: BarChartRow, index: int, left: int, bar_area: int, highest: Decimal | float
) -> SafeString:
    length = _bar_length(row.value, bar_area, highest)
    baseline = index * ROW_HEIGHT + ROW_HEIGHT / 2 + FONT_SIZE * 0.36
    bar = format_html(
        '<rect class="bars-bar" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        left, index * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) // 2, length, BAR_HEIGHT, BAR_COLOUR,
    )  # fmt: skip
    return format_html(
        '<text x="{}" y="{}" text-anchor="end" font-size="{}">{}</text>{}'
        '<text class="bars-value" x="{}" y="{}" font-size="{}">{}</text>',
        left - PADDING, baseline, FONT_SIZE, row.label, bar if row.value else "",
        round(left + length + PADDING, 1), baseline, FONT_SIZE, row.display_value,
    )  # fmt: skip


def _bar_length(value: Decimal | float, bar_area: int, highest: Decimal | float) -> float:
    """Return a length proportional to the value, at least one pixel unless the value is zero."""
    if not value:
        return 0
    return max(round(float(Decimal(value) / Decimal(highest) * bar_area), 1), 1)


def _width_for(texts: Iterable[str]) -> int:
    # Digits are wider than the average letter, so this leaves a little more than they need.
    return round(max(text_width(text) for text in texts) * FONT_SIZE * 1.08) + 2 * PADDING

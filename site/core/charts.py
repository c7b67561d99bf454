"""Small bar charts, drawn as SVG from rows alone: one row, one bar, each with its number beside it.

The bars lie, so that two dozen of them fit on a phone with every number written out. Colour comes
from CSS (`--pine`); nothing is told by colour alone.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text.han import width_of

PINE = "#1F5D50"
WIDTH = 360
LINE, BAR, TYPE = 24, 12, 12
AIR = 8
# However long the words beside them are, the bars keep this much, and the drawing grows.
LEAST_ROOM = 120


class Row(NamedTuple):
    """A bar: what it stands for, how long it is, and its number as readers see it."""

    label: str
    value: Decimal | float
    shown: str


def bars(rows: Sequence[Row], name: str, title: str, description: str = "") -> SafeString:
    """The chart; empty where there is nothing to compare. `name` is unique on the page.

    Values are zero or more. The rows' own words carry what is drawn: give them in a table too.
    """
    most = max((row.value for row in rows), default=0)
    if most <= 0:
        return SafeString("")
    start = _room_for(row.label for row in rows)
    end = _room_for(row.shown for row in rows)
    room = max(WIDTH - start - end, LEAST_ROOM)
    drawn = format_html_join(
        "", "{}", ((_bar(row, place, start, room, most),) for place, row in enumerate(rows))
    )
    height = len(rows) * LINE
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-words"'
        ' focusable="false"><title id="{}-title">{}</title><desc id="{}-words">{}</desc>{}'
        '<path class="bars-line" d="M{} 0V{}" stroke="#C4B9A6"/></svg>',
        start + room + end, height, name, name, name, title, name, description, drawn,
        start, height,
    )  # fmt: skip


def _bar(row: Row, place: int, start: int, room: int, most) -> SafeString:
    length = _length(row.value, room, most)
    foot = place * LINE + LINE / 2 + TYPE * 0.36
    bar = format_html(
        '<rect class="bars-bar" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        start, place * LINE + (LINE - BAR) // 2, length, BAR, PINE,
    )  # fmt: skip
    return format_html(
        '<text x="{}" y="{}" text-anchor="end" font-size="{}">{}</text>{}'
        '<text class="bars-value" x="{}" y="{}" font-size="{}">{}</text>',
        start - AIR, foot, TYPE, row.label, bar if row.value else "",
        round(start + length + AIR, 1), foot, TYPE, row.shown,
    )  # fmt: skip


def _length(value, room: int, most) -> float:
    """Proportional to the value; the least of what there is still shows."""
    if not value:
        return 0
    return max(round(float(Decimal(value) / Decimal(most) * room), 1), 1)


def _room_for(words) -> int:
    # Digits are wider than the average letter, so a little more than they need.
    return round(max(width_of(word) for word in words) * TYPE * 1.08) + 2 * AIR

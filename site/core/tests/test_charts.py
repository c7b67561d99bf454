"""Bar charts: bars proportional to their values, with every number written out."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import BarChartRow, bar_chart

SVG = "{http://www.w3.org/2000/svg}"


def chart_row(value, label="2026年3月") -> BarChartRow:
    return BarChartRow(label, value, f"{value:,}")


def parse_chart(values, label="2026年3月"):
    """(view box, bars, texts) of a chart of these values."""
    svg = ElementTree.fromstring(
        bar_chart([chart_row(value, label) for value in values], "a", "人次")
    )
    *_corner, width, height = map(float, svg.get("viewBox").split())
    rects = [{k: float(r.get(k)) for k in ("x", "y", "width", "height")} for r in svg.iter("rect")]
    texts = [(float(t.get("x")), float(t.get("y")), t.text) for t in svg.iter("text")]
    return (width, height), rects, texts


@pytest.mark.parametrize("values", [[], [0], [0, 0, Decimal("0.0")]])
def test_values_of_zero_give_no_chart(values):
    assert bar_chart([chart_row(value) for value in values], "a", "人次") == ""


def test_bars_are_as_long_as_their_values():
    _box, rects, _texts = parse_chart([100, 50, 25])
    lengths = [rect["width"] for rect in rects]
    assert lengths[1] == pytest.approx(lengths[0] / 2, abs=0.1)
    assert lengths[2] == pytest.approx(lengths[0] / 4, abs=0.1)


def test_a_zero_has_no_bar_but_its_number():
    _box, rects, texts = parse_chart([3, 0])
    assert len(rects) == 1
    assert [text for *_place, text in texts] == ["2026年3月", "3", "2026年3月", "0"]


def test_the_smallest_bar_is_visible_beside_the_largest():
    _box, rects, _texts = parse_chart([Decimal("0.1"), Decimal("99999999.9")])
    assert rects[0]["width"] >= 1


values = st.lists(
    st.decimals(min_value=0, max_value=Decimal("999999999999.9"), places=1), min_size=1, max_size=24
)


@given(values=values, label=st.sampled_from(["2026", "2026年12月", "September 2026", "1900–1949"]))
def test_bars_and_texts_stay_inside_the_drawing(values, label):
    if not any(values):
        return
    (width, height), rects, texts = parse_chart(values, label)
    assert all(r["x"] >= 0 and r["x"] + r["width"] <= width for r in rects)
    assert all(r["y"] >= 0 and r["y"] + r["height"] <= height for r in rects)
    # A digit in the type of the page is at most .6 of its size.
    numbers = texts[1::2]
    assert all(x + len(text) * 12 * 0.6 <= width for x, _y, text in numbers)
    assert all(0 < y < height for _x, y, _text in texts)


def test_a_chart_has_a_title_and_a_description():
    html = bar_chart([chart_row(3)], "a", "人次", "三月最多")
    assert 'role="img" aria-labelledby="a-title a-words"' in html
    assert '<title id="a-title">人次</title><desc id="a-words">三月最多</desc>' in html


def test_texts_are_escaped_and_nothing_is_inline():
    html = bar_chart([BarChartRow("<b>", 1, '"><script>')], "a", "<i>", "&")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert not re.search(r"\sstyle=|\son\w+=", html)

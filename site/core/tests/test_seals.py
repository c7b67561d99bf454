"""Seals: the same every time, readable by machines, safe."""

import re
from xml.etree import ElementTree

import pytest

from core.seals import Seal, cells, draw

SHAPES = ["square", "round"]
STYLES = ["intaglio", "relief"]


@pytest.mark.parametrize("characters", ["", "印", "匠心", "共成长", "旗映彩虹"])
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_kind_is_well_formed_and_the_same_each_time(shape, style, characters):
    seal = Seal(characters, shape, style, "印章")
    assert draw(seal, "a") == draw(seal, "a")
    ElementTree.fromstring(draw(seal, "a"))


def test_characters_stand_in_reading_order_from_the_right():
    first, second = cells("匠心", 20)
    assert first.character == "匠"
    assert first.x > second.x


def test_four_characters_fill_two_columns():
    assert [(cell.x > 100, cell.y > 90) for cell in cells("旗映彩虹", 20)] == [
        (True, False),
        (True, True),
        (False, False),
        (False, True),
    ]


def test_another_stone_has_other_edges():
    one, two = (draw(Seal("匠心", stone=stone), "a") for stone in "xy")
    assert one != two


def test_the_name_keeps_two_drawings_apart():
    html = draw(Seal("匠心"), "a") + draw(Seal("匠心"), "b")
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names)) == 2


def test_with_a_title_it_is_a_picture_with_a_name():
    html = draw(Seal("匠心", title="匠心的印章"))
    assert 'role="img"' in html
    assert "<title>匠心的印章</title>" in html


def test_without_a_title_it_is_decoration():
    html = draw(Seal("匠心"))
    assert 'aria-hidden="true"' in html
    assert "<title>" not in html


def test_no_characters_no_cut():
    html = draw(Seal(""))
    assert "seal-uncut" in html
    assert "<mask" not in html


def test_what_is_written_is_escaped():
    html = draw(Seal("<&", title='"><script>'), "a")
    assert "<script>" not in html
    assert "&lt;" in html


def test_no_inline_style():
    assert "style=" not in draw(Seal("匠心", title="印"), "a")

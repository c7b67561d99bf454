"""Seals: the same every time, readable by machines, safe."""

import hashlib
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.seals.drawing import COLOURS, Seal, cells, document, draw
from core.seals.layout import SIDE, margin_of

ROOT = Path(__file__).resolve().parents[3]
# What the first seals looked like: what has once been cut is never cut anew.
FIRST = {
    ("匠心", "square", "intaglio"): "f489f02916aed65b",
    ("匠心", "square", "relief"): "0a681df8b1887b5a",
    ("匠心", "round", "intaglio"): "c651adc90de21b76",
    ("匠心", "round", "relief"): "44aeff62d61996e0",
    ("共成长", "square", "intaglio"): "3eed4410f74f0043",
    ("共成长", "square", "relief"): "7911ac866bcae4aa",
    ("共成长", "round", "intaglio"): "5e91e4e681c9470a",
    ("共成长", "round", "relief"): "0c1ca56f7001c50f",
    ("旗映彩虹", "square", "intaglio"): "4056c7a6873a243c",
    ("旗映彩虹", "square", "relief"): "0fad136adee8cd9b",
    ("旗映彩虹", "round", "intaglio"): "f6183833010484cf",
    ("旗映彩虹", "round", "relief"): "6593e54fdf0dc016",
}
SIX = "党旗映照彩虹"
SHAPES = ["square", "round"]
STYLES = ["intaglio", "relief"]


@pytest.mark.parametrize("characters", ["", *(SIX[:n] for n in range(1, 7))])
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


@pytest.mark.parametrize("cut", FIRST, ids="-".join)
def test_what_was_cut_first_still_looks_the_same(cut):
    drawing = draw(Seal(*cut, "印章", stone="7"), "a")
    assert hashlib.sha256(drawing.encode()).hexdigest()[:16] == FIRST[cut]


def places(count: int, shape: str) -> list[tuple]:
    return [tuple(cell[1:]) for cell in cells(SIX[:count], 20, shape)]


def test_each_number_of_characters_has_its_layout():
    layouts = [str(places(count, "square")) for count in range(1, 7)]
    assert len({*layouts, str(places(6, "round"))}) == 7


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_characters_stay_on_the_stone_and_out_of_each_other(shape, style, count):
    placed = cells(SIX[:count], margin_of(count, shape, style), shape)
    assert [cell.character for cell in placed] == list(SIX[:count])
    for cell in placed:
        assert min(cell.x, cell.y) >= 0
        assert max(cell.x + cell.width, cell.y + cell.height) <= SIDE
    for one, two in combinations(placed, 2):
        beside = one.x + one.width < two.x + 0.01 or two.x + two.width < one.x + 0.01
        above = one.y + one.height < two.y + 0.01 or two.y + two.height < one.y + 0.01
        assert beside or above


@pytest.mark.parametrize(("shape", "columns"), [("square", 2), ("round", 3)])
def test_six_are_read_column_by_column_from_the_right(shape, columns):
    placed = cells(SIX, 20, shape)
    lefts = [round(cell.x) for cell in placed]
    assert lefts == sorted(lefts, reverse=True)
    assert len(set(lefts)) == columns
    for one, two in combinations(placed, 2):
        assert one.x != two.x or one.y < two.y


def test_five_stand_three_beside_two():
    lefts = [round(cell.x) for cell in cells(SIX[:5], 20)]
    assert lefts[0] == lefts[1] == lefts[2] > lefts[3] == lefts[4]


@pytest.mark.parametrize("style", STYLES)
def test_another_colour_changes_the_ink_and_nothing_else(style):
    red = draw(Seal("匠心", style=style), "a")
    pine = draw(Seal("匠心", style=style, colour="pine"), "a")
    assert "seal-tint" not in red
    assert COLOURS["vermilion"] not in pine
    untinted = pine.replace(" seal-tint seal-pine", "")
    assert untinted.replace(COLOURS["pine"], COLOURS["vermilion"]) == red


def test_a_colour_nobody_knows_is_the_norm():
    assert draw(Seal("匠心", colour='"><b>'), "a") == draw(Seal("匠心"), "a")


def test_every_colour_is_one_of_the_style_sheets():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    rules = (ROOT / "static/css/components.css").read_text()
    for name, colour in COLOURS.items():
        assert colour in tokens
        assert name == "vermilion" or f".seal-{name} {{ --seal: var(--" in rules


def test_a_seal_as_a_file_stands_alone():
    file = document(Seal("匠心", "round", "relief", colour="pine"))
    assert ElementTree.fromstring(file).tag == "{http://www.w3.org/2000/svg}svg"
    assert "font-family" in file
    assert not re.search(r"href|url\((?!#)|style=|<script", file)

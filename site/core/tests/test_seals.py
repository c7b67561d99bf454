"""Seals: the same drawing each time, readable by machines, safe."""

import hashlib
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.seals.drawing import COLOURS, Seal, draw_seal, seal_document
from core.seals.layout import SIDE, character_boxes, margin_for

ROOT = Path(__file__).resolve().parents[3]
# Digests of the first drawings: a seal that has been published never looks different again.
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
def test_every_seal_is_well_formed_and_the_same_each_time(shape, style, characters):
    seal = Seal(characters, shape, style, "印章")
    assert draw_seal(seal, "a") == draw_seal(seal, "a")
    ElementTree.fromstring(draw_seal(seal, "a"))


def test_characters_stand_in_reading_order_from_the_right():
    first, second = character_boxes("匠心", 20)
    assert first.character == "匠"
    assert first.x > second.x


def test_four_characters_fill_two_columns():
    assert [(box.x > 100, box.y > 90) for box in character_boxes("旗映彩虹", 20)] == [
        (True, False),
        (True, True),
        (False, False),
        (False, True),
    ]


def test_seals_with_another_stone_have_other_edges():
    one, two = (draw_seal(Seal("匠心", stone=stone), "a") for stone in "xy")
    assert one != two


def test_two_drawings_have_different_ids():
    html = draw_seal(Seal("匠心"), "a") + draw_seal(Seal("匠心"), "b")
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names)) == 2


def test_a_seal_with_a_title_is_an_image_with_a_name():
    html = draw_seal(Seal("匠心", title="匠心的印章"))
    assert 'role="img"' in html
    assert "<title>匠心的印章</title>" in html


def test_a_seal_without_a_title_is_decoration():
    html = draw_seal(Seal("匠心"))
    assert 'aria-hidden="true"' in html
    assert "<title>" not in html


def test_a_seal_without_characters_is_an_uncut_stone():
    html = draw_seal(Seal(""))
    assert "seal-uncut" in html
    assert "<mask" not in html


def test_characters_and_title_are_escaped():
    html = draw_seal(Seal("<&", title='"><script>'), "a")
    assert "<script>" not in html
    assert "&lt;" in html


def test_a_seal_has_no_inline_style():
    assert "style=" not in draw_seal(Seal("匠心", title="印"), "a")


@pytest.mark.parametrize("fields", FIRST, ids="-".join)
def test_the_first_seals_still_look_the_same(fields):
    drawing = draw_seal(Seal(*fields, "印章", stone="7"), "a")
    assert hashlib.sha256(drawing.encode()).hexdigest()[:16] == FIRST[fields]


def boxes_of(count: int, shape: str) -> list[tuple]:
    return [tuple(box[1:]) for box in character_boxes(SIX[:count], 20, shape)]


def test_each_number_of_characters_has_its_layout():
    layouts = [str(boxes_of(count, "square")) for count in range(1, 7)]
    assert len({*layouts, str(boxes_of(6, "round"))}) == 7


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_characters_stay_on_the_stone_and_do_not_overlap(shape, style, count):
    boxes = character_boxes(SIX[:count], margin_for(count, shape, style), shape)
    assert [box.character for box in boxes] == list(SIX[:count])
    for box in boxes:
        assert min(box.x, box.y) >= 0
        assert max(box.x + box.width, box.y + box.height) <= SIDE
    for one, two in combinations(boxes, 2):
        beside = one.x + one.width < two.x + 0.01 or two.x + two.width < one.x + 0.01
        above = one.y + one.height < two.y + 0.01 or two.y + two.height < one.y + 0.01
        assert beside or above


@pytest.mark.parametrize(("shape", "columns"), [("square", 2), ("round", 3)])
def test_six_characters_are_read_column_by_column_from_the_right(shape, columns):
    boxes = character_boxes(SIX, 20, shape)
    lefts = [round(box.x) for box in boxes]
    assert lefts == sorted(lefts, reverse=True)
    assert len(set(lefts)) == columns
    for one, two in combinations(boxes, 2):
        assert one.x != two.x or one.y < two.y


def test_five_characters_stand_three_beside_two():
    lefts = [round(box.x) for box in character_boxes(SIX[:5], 20)]
    assert lefts[0] == lefts[1] == lefts[2] > lefts[3] == lefts[4]


@pytest.mark.parametrize("style", STYLES)
def test_another_colour_changes_the_ink_and_nothing_else(style):
    red = draw_seal(Seal("匠心", style=style), "a")
    pine = draw_seal(Seal("匠心", style=style, colour="pine"), "a")
    assert "seal-tint" not in red
    assert COLOURS["vermilion"] not in pine
    untinted = pine.replace(" seal-tint seal-pine", "")
    assert untinted.replace(COLOURS["pine"], COLOURS["vermilion"]) == red


def test_an_unknown_colour_is_the_default():
    assert draw_seal(Seal("匠心", colour='"><b>'), "a") == draw_seal(Seal("匠心"), "a")


def test_every_colour_is_one_of_the_style_sheets():
    tokens = (ROOT / "static/css/tokens.css").read_text()
    rules = (ROOT / "static/css/components.css").read_text()
    for name, colour in COLOURS.items():
        assert colour in tokens
        assert name == "vermilion" or f".seal-{name} {{ --seal: var(--" in rules


def test_a_seal_as_a_file_needs_no_style_sheet():
    file = seal_document(Seal("匠心", "round", "relief", colour="pine"))
    assert ElementTree.fromstring(file).tag == "{http://www.w3.org/2000/svg}svg"
    assert "font-family" in file
    assert not re.search(r"href|url\((?!#)|style=|<script", file)

"""The layouts of one to six characters on a seal, for `core.seals.drawing`.

Units are those of the view box, 200 by 200.
"""

from typing import NamedTuple

SIDE = 200
GAP = 2.5
MAX_CHARACTERS = 6
# Free border around the characters: (shape, style) → (one, two, three or four, five, six).
MARGINS = {
    ("square", "intaglio"): (19, 19, 19, 19, 19),
    ("square", "relief"): (22, 22, 22, 22, 22),
    ("round", "intaglio"): (37, 33, 37, 35, 27),
    ("round", "relief"): (42, 38, 41, 40, 33),
}
# On a round stone two columns are narrower, and the outer two of three columns are shorter.
ROUND_COLUMN_WIDTH = 0.84
ROUND_COLUMN_HEIGHT = 0.76

Box = tuple[float, float, float, float]


class CharacterBox(NamedTuple):
    """The box that one character fills: its corner, width and height."""

    character: str
    x: float
    y: float
    width: float
    height: float


def margin_for(count: int, shape: str, style: str) -> int:
    """Return the free border around `count` characters."""
    index = {1: 0, 2: 1, 5: 3}.get(count, 2 if count < 5 else 4)
    return MARGINS[(shape, style)][index]


def character_boxes(characters: str, margin: float, shape: str = "square") -> list[CharacterBox]:
    """Return the boxes in reading order: the right column first, each from top to bottom."""
    side = SIDE - 2 * margin
    boxes = _boxes(len(characters), side, shape)
    return [
        CharacterBox(character, margin + x, margin + y, width, height)
        for character, (x, y, width, height) in zip(characters, boxes, strict=False)
    ]


def _boxes(count: int, side: float, shape: str) -> list[Box]:
    half = side / 2
    half_width, right_x = half - GAP / 2, half + GAP / 2
    if count == 1:
        return [(0, 0, side, side)]
    if count == 2:
        return [(right_x, 0, half_width, side), (0, 0, half_width, side)]
    if count == 3:
        column = side * 0.47
        width = side - column - GAP / 2
        right = (side - column + GAP / 2, 0.0, column - GAP / 2, side)
        return [right, (0, 0, width, half_width), (0, right_x, width, half_width)]
    if count == 4:
        return [(x, y, half_width, half_width) for x in (right_x, 0) for y in (0, right_x)]
    if count == 5:
        return _column(right_x, half_width, side, 3) + _column(0, half_width, side, 2)
    if shape == "square":
        return _column(right_x, half_width, side, 3) + _column(0, half_width, side, 3)
    third = (side - 2 * GAP) / 3
    outer_height = side * ROUND_COLUMN_HEIGHT
    return [
        box
        for index, height in ((2, outer_height), (1, side), (0, outer_height))
        for box in _column(index * (third + GAP), third, height, 2, (side - height) / 2)
    ]


def _column(x: float, width: float, side: float, count: int, top: float = 0) -> list[Box]:
    height = (side - GAP * (count - 1)) / count
    return [(x, top + number * (height + GAP), width, height) for number in range(count)]

"""Where the characters of a seal stand, one to six: the layouts of `core.seals.drawing`."""

from typing import NamedTuple

SIDE = 200
GAP = 2.5
MOST = 6
# Free border around the characters: (shape, style) → (one, two, three or four, five, six).
MARGINS = {
    ("square", "intaglio"): (19, 19, 19, 19, 19),
    ("square", "relief"): (22, 22, 22, 22, 22),
    ("round", "intaglio"): (37, 33, 37, 35, 27),
    ("round", "relief"): (42, 38, 41, 40, 33),
}
# A round stone squeezes two columns, and cuts off the corners of three.
SQUEEZED = 0.84
SHORTER = 0.76


class Cell(NamedTuple):
    """Where one character stands."""

    character: str
    x: float
    y: float
    width: float
    height: float


def margin_of(count: int, shape: str, style: str) -> int:
    """The free border around `count` characters."""
    place = {1: 0, 2: 1, 5: 3}.get(count, 2 if count < 5 else 4)
    return MARGINS[(shape, style)][place]


def cells(characters: str, margin: float, shape: str = "square") -> list[Cell]:
    """Cells in reading order: the right column first, each from top to bottom."""
    side = SIDE - 2 * margin
    boxes = _boxes(len(characters), side, shape)
    return [
        Cell(character, margin + x, margin + y, width, height)
        for character, (x, y, width, height) in zip(characters, boxes, strict=False)
    ]


def _boxes(count: int, side: float, shape: str) -> list[tuple[float, float, float, float]]:
    half = side / 2
    small, far = half - GAP / 2, half + GAP / 2
    if count == 1:
        return [(0, 0, side, side)]
    if count == 2:
        return [(far, 0, small, side), (0, 0, small, side)]
    if count == 3:
        tall = side * 0.47
        wide = side - tall - GAP / 2
        right = (side - tall + GAP / 2, 0, tall - GAP / 2, side)
        return [right, (0, 0, wide, small), (0, far, wide, small)]
    if count == 4:
        return [(x, y, small, small) for x in (far, 0) for y in (0, far)]
    if count == 5:
        return _column(far, small, side, 3) + _column(0, small, side, 2)
    if shape == "square":
        return _column(far, small, side, 3) + _column(0, small, side, 3)
    third = (side - 2 * GAP) / 3
    low, high = side * SHORTER, side
    return [
        box
        for place, height in ((2, low), (1, high), (0, low))
        for box in _column(place * (third + GAP), third, height, 2, (side - height) / 2)
    ]


def _column(x: float, width: float, side: float, count: int, top: float = 0) -> list[tuple]:
    height = (side - GAP * (count - 1)) / count
    return [(x, top + number * (height + GAP), width, height) for number in range(count)]

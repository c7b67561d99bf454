"""Seals: two to four characters cut into a stone, drawn as SVG from the data alone.

The same seal always looks the same: knife strokes, chips and specks come from a generator that is
seeded by what the seal says. Units are those of the view box, 200 by 200. Colour comes from CSS
(`--seal`); the fill in the drawing is what remains where no style sheet is read.
"""

import math
import random
import zlib
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import knife

SIDE = 200
VERMILION = "#B3202A"
# Free border around the characters: (shape, style) → (two characters, more than two).
MARGINS = {
    ("square", "intaglio"): (19, 19),
    ("square", "relief"): (22, 22),
    ("round", "intaglio"): (33, 37),
    ("round", "relief"): (38, 41),
}
GAP = 2.5
# A Song glyph of 100 px fills about this box, its baseline this far down the cell.
GLYPH_WIDTH, GLYPH_HEIGHT, BASELINE = 92.5, 93.0, 0.884


class Seal(NamedTuple):
    """What a seal says and how it is cut.

    Without a `title` it is mere decoration. Two stones that say the same differ by `stone`.
    """

    characters: str
    shape: str = "square"
    style: str = "intaglio"
    title: str = ""
    stone: str = ""

    @property
    def seed(self) -> int:
        return zlib.crc32("|".join((self.characters, self.shape, self.style, self.stone)).encode())


class Cell(NamedTuple):
    """Where one character stands."""

    character: str
    x: float
    y: float
    width: float
    height: float


def draw(seal: Seal, name: str = "") -> SafeString:
    """The seal as inline SVG; `name` is unique on the page, or ids of two drawings would clash.

    Without characters it is a stone that nobody has cut yet.
    """
    if not seal.characters:
        return _svg(seal, _uncut_stone(seal))
    mask = name or f"seal-{seal.seed:x}"
    solid = seal.style == "intaglio"
    body, wear = _stone(seal)
    glyphs = _glyphs(seal)
    drawing = format_html(
        '<mask id="{mask}" maskUnits="userSpaceOnUse" x="0" y="0" width="200" height="200">'
        '<path d="M0 0h200v200H0z" fill="#fff"/>{holes}<path d="{wear}" fill="#000"/></mask>'
        '<g class="seal-ink"><g mask="url(#{mask})">'
        '<path class="seal-fill" d="{body}" fill="{colour}" fill-rule="evenodd"/>{strokes}'
        "</g></g>",
        mask=mask,
        wear=wear,
        body=body,
        colour=VERMILION,
        holes=_group("seal-text", "#000", glyphs) if solid else "",
        strokes="" if solid else _group("seal-text seal-fill seal-line", VERMILION, glyphs),
    )
    return _svg(seal, drawing)


def _svg(seal: Seal, drawing: SafeString) -> SafeString:
    if not seal.title:
        return format_html(
            '<svg class="seal" viewBox="0 0 200 200" aria-hidden="true" focusable="false">{}</svg>',
            drawing,
        )
    return format_html(
        '<svg class="seal" viewBox="0 0 200 200" role="img" focusable="false">'
        "<title>{}</title>{}</svg>",
        seal.title,
        drawing,
    )


def _group(css: str, colour: str, glyphs: SafeString) -> SafeString:
    return format_html(
        '<g class="{}" fill="{}" stroke="{}" stroke-linejoin="round" font-size="100"'
        ' font-weight="700" text-anchor="middle">{}</g>',
        css,
        colour,
        colour,
        glyphs,
    )


@lru_cache(maxsize=512)
def _stone(seal: Seal) -> tuple[str, str]:
    """Outline of the inked surface, and everything that has broken off it, as path data."""
    chance = random.Random(seal.seed)  # noqa: S311 - a drawing, nothing secret
    outline, inner = _edges(seal, chance)
    body = outline if seal.style == "intaglio" else outline + inner
    return body, _wear(seal, chance)


def _edges(seal: Seal, chance: random.Random) -> tuple[str, str]:
    if seal.shape == "round":
        return knife.ring(chance, 95, 0.9), knife.ring(chance, 86, 0.9)
    return knife.square(chance, 5, 1.1, radius=8), knife.square(chance, 15, 0.9, radius=5)


def _wear(seal: Seal, chance: random.Random) -> str:
    solid = seal.style == "intaglio"
    rim = [
        knife.chip(chance, *_on_rim(seal, chance), chance.uniform(2.2, 6))
        for _ in range(chance.randint(4, 7))
    ]
    specks = [
        knife.chip(chance, chance.uniform(12, 188), chance.uniform(12, 188), size)
        for size in [chance.uniform(0.8, 1.9) for _ in range(20 if solid else 10)]
    ]
    bruises = []
    if solid and seal.shape == "square":
        corner = chance.choice(((8, 8), (192, 8), (8, 192), (192, 192)))
        bruises = [knife.chip(chance, *corner, chance.uniform(5, 9))]
    return "".join(rim + specks + bruises)


def _on_rim(seal: Seal, chance: random.Random) -> tuple[float, float]:
    if seal.shape == "round":
        angle = chance.uniform(0, math.tau)
        return 100 + math.cos(angle) * 96, 100 + math.sin(angle) * 96
    along = chance.uniform(8, 192)
    return chance.choice(((along, 4), (along, 196), (4, along), (196, along)))


def cells(characters: str, margin: float) -> list[Cell]:
    """Cells in reading order: the right column first, each from top to bottom."""
    start, side = margin, SIDE - 2 * margin
    half = side / 2
    if len(characters) == 1:
        return [Cell(characters, start, start, side, side)]
    if len(characters) == 2:
        shapes = [(half + GAP / 2, 0, half - GAP / 2, side), (0, 0, half - GAP / 2, side)]
    elif len(characters) == 3:
        tall = side * 0.47
        wide, low = side - tall - GAP / 2, half - GAP / 2
        shapes = [
            (side - tall + GAP / 2, 0, tall - GAP / 2, side),
            (0, 0, wide, low),
            (0, half + GAP / 2, wide, low),
        ]
    else:
        small, far = half - GAP / 2, half + GAP / 2
        shapes = [(x, y, small, small) for x in (far, 0) for y in (0, far)]
    return [
        Cell(character, start + x, start + y, width, height)
        for character, (x, y, width, height) in zip(characters, shapes, strict=False)
    ]


def _glyphs(seal: Seal) -> SafeString:
    """The characters, stretched into their cells: Song turns into even seal strokes."""
    few = len(seal.characters) <= 2
    margin = MARGINS[(seal.shape, seal.style)][0 if few else 1]
    texts = [_glyph(cell, few, seal) for cell in cells(seal.characters, margin)]
    return mark_safe("".join(texts))  # noqa: S308 - joined from format_html


def _glyph(cell: Cell, few: bool, seal: Seal) -> SafeString:
    x, width = cell.x, cell.width
    if seal.shape == "round" and len(seal.characters) == 2:
        x, width = 100 + (x - 100) * 0.84, width * 0.84
    wide, high = width / GLYPH_WIDTH, cell.height / GLYPH_HEIGHT
    stroke = (2.9 if few else 2.7) * (1.12 if seal.style == "intaglio" else 1)
    return format_html(
        '<text transform="translate({} {}) scale({} {})" stroke-width="{}">{}</text>',
        knife.short(x + width / 2),
        knife.short(cell.y + cell.height * BASELINE),
        f"{wide:.3f}",
        f"{high:.3f}",
        knife.short(stroke / math.sqrt(wide * high)),
        cell.character,
    )


def _uncut_stone(seal: Seal) -> SafeString:
    chance = random.Random(seal.seed)  # noqa: S311 - a drawing, nothing secret
    if seal.shape == "round":
        edge = knife.ring(chance, 93, 1.2)
    else:
        edge = knife.square(chance, 8, 0.6, nick=0)
    return format_html(
        '<path class="seal-uncut" d="{}" fill="none" stroke="#C4B9A6" stroke-width="2"'
        ' stroke-dasharray="5 6"/><g class="seal-text seal-wait" fill="#6F6459" font-size="32"'
        ' font-weight="600" text-anchor="middle"><text x="102" y="94">待</text>'
        '<text x="102" y="138">刻</text></g>',
        edge,
    )

"""Seals: one to six characters cut into a stone, drawn as SVG from the data alone.

The same seal always looks the same: knife strokes, chips and specks come from a generator that is
seeded by what the seal says. Units are those of the view box, 200 by 200. Colour comes from CSS
(`--seal`); the fill in the drawing is what remains where no style sheet is read. Where the
characters stand says `core.seals.layout`.
"""

import math
import random
import zlib
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.seals import hand_cut_paths
from core.seals.layout import SQUEEZED, Cell, cells, margin_of

NORM = "vermilion"
# The inks a stone may be pressed in, each a colour of the style sheets' tokens.
COLOURS = {
    NORM: "#B3202A",
    "crimson": "#8E1620",
    "black": "#211C18",
    "pine": "#1F5D50",
    "indigo": "#26456E",
}
SONG = "Source Han Serif SC, Noto Serif CJK SC, Noto Serif SC, Songti SC, STSong, SimSun, serif"
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
    colour: str = NORM

    @property
    def fill(self) -> str:
        """The ink as a colour, for where no style sheet is read."""
        return COLOURS.get(self.colour, COLOURS[NORM])

    @property
    def seed(self) -> int:
        return zlib.crc32("|".join((self.characters, self.shape, self.style, self.stone)).encode())


def draw(seal: Seal, name: str = "") -> SafeString:
    """The seal as inline SVG; `name` is unique on the page, or ids of two drawings would clash.

    Without characters it is a stone that nobody has cut yet.
    """
    tint = "" if seal.fill == COLOURS[NORM] else f" seal-tint seal-{seal.colour}"
    drawing = draw_pressed(seal, name) if seal.characters else _uncut_stone(seal)
    if not seal.title:
        return format_html(
            '<svg class="seal{}" viewBox="0 0 200 200" aria-hidden="true" focusable="false">'
            "{}</svg>",
            tint,
            drawing,
        )
    return format_html(
        '<svg class="seal{}" viewBox="0 0 200 200" role="img" focusable="false">'
        "<title>{}</title>{}</svg>",
        tint,
        seal.title,
        drawing,
    )


def document(seal: Seal) -> SafeString:
    """The seal as an SVG file that stands alone, without any style sheet."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" font-family="{}">{}</svg>',
        SONG,
        draw_pressed(seal),
    )


def draw_pressed(seal: Seal, name: str = "") -> SafeString:
    """The print of a seal with characters: what stands inside the view box."""
    mask = name or f"seal-{seal.seed:x}"
    solid = seal.style == "intaglio"
    body, wear = _stone(seal)
    glyphs = _glyphs(seal)
    return format_html(
        '<mask id="{mask}" maskUnits="userSpaceOnUse" x="0" y="0" width="200" height="200">'
        '<path d="M0 0h200v200H0z" fill="#fff"/>{holes}<path d="{wear}" fill="#000"/></mask>'
        '<g class="seal-ink"><g mask="url(#{mask})">'
        '<path class="seal-fill" d="{body}" fill="{colour}" fill-rule="evenodd"/>{strokes}'
        "</g></g>",
        mask=mask,
        wear=wear,
        body=body,
        colour=seal.fill,
        holes=_group("seal-text", "#000", glyphs) if solid else "",
        strokes="" if solid else _group("seal-text seal-fill seal-line", seal.fill, glyphs),
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
        return hand_cut_paths.ring(chance, 95, 0.9), hand_cut_paths.ring(chance, 86, 0.9)
    return hand_cut_paths.square(chance, 5, 1.1, radius=8), hand_cut_paths.square(
        chance, 15, 0.9, radius=5
    )


def _wear(seal: Seal, chance: random.Random) -> str:
    solid = seal.style == "intaglio"
    rim = [
        hand_cut_paths.chip(chance, *_on_rim(seal, chance), chance.uniform(2.2, 6))
        for _ in range(chance.randint(4, 7))
    ]
    specks = [
        hand_cut_paths.chip(chance, chance.uniform(12, 188), chance.uniform(12, 188), size)
        for size in [chance.uniform(0.8, 1.9) for _ in range(20 if solid else 10)]
    ]
    bruises = []
    if solid and seal.shape == "square":
        corner = chance.choice(((8, 8), (192, 8), (8, 192), (192, 192)))
        bruises = [hand_cut_paths.chip(chance, *corner, chance.uniform(5, 9))]
    return "".join(rim + specks + bruises)


def _on_rim(seal: Seal, chance: random.Random) -> tuple[float, float]:
    if seal.shape == "round":
        angle = chance.uniform(0, math.tau)
        return 100 + math.cos(angle) * 96, 100 + math.sin(angle) * 96
    along = chance.uniform(8, 192)
    return chance.choice(((along, 4), (along, 196), (4, along), (196, along)))


def _glyphs(seal: Seal) -> SafeString:
    """The characters, stretched into their cells: Song turns into even seal strokes."""
    margin = margin_of(len(seal.characters), seal.shape, seal.style)
    places = cells(seal.characters, margin, seal.shape)
    texts = [_glyph(cell, len(places), seal) for cell in places]
    return mark_safe("".join(texts))  # noqa: S308 - joined from format_html


def _glyph(cell: Cell, count: int, seal: Seal) -> SafeString:
    x, width = cell.x, cell.width
    if seal.shape == "round" and count == 2:
        x, width = 100 + (x - 100) * SQUEEZED, width * SQUEEZED
    wide, high = width / GLYPH_WIDTH, cell.height / GLYPH_HEIGHT
    stroke = (2.9 if count <= 2 else 2.7) * (1.12 if seal.style == "intaglio" else 1)
    return format_html(
        '<text transform="translate({} {}) scale({} {})" stroke-width="{}">{}</text>',
        hand_cut_paths.short(x + width / 2),
        hand_cut_paths.short(cell.y + cell.height * BASELINE),
        f"{wide:.3f}",
        f"{high:.3f}",
        hand_cut_paths.short(stroke / math.sqrt(wide * high)),
        cell.character,
    )


def _uncut_stone(seal: Seal) -> SafeString:
    chance = random.Random(seal.seed)  # noqa: S311 - a drawing, nothing secret
    if seal.shape == "round":
        edge = hand_cut_paths.ring(chance, 93, 1.2)
    else:
        edge = hand_cut_paths.square(chance, 8, 0.6, nick=0)
    return format_html(
        '<path class="seal-uncut" d="{}" fill="none" stroke="#C4B9A6" stroke-width="2"'
        ' stroke-dasharray="5 6"/><g class="seal-text seal-wait" fill="#6F6459" font-size="32"'
        ' font-weight="600" text-anchor="middle"><text x="102" y="94">待</text>'
        '<text x="102" y="138">刻</text></g>',
        edge,
    )

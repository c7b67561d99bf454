"""Seals of one to six characters, drawn as SVG.

The same seal always looks the same: edges, chips and specks come from a random generator that is
seeded with the fields of the seal. Units are those of the view box, 200 by 200. Colour comes from
CSS (`--seal`); the fill in the drawing applies where no style sheet is read. `core.seals.layout`
places the characters.
"""

import math
import random
import zlib
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.seals import hand_cut_paths
from core.seals.layout import ROUND_COLUMN_WIDTH, CharacterBox, character_boxes, margin_for

DEFAULT_COLOUR = "vermilion"
# The inks of a seal, each a colour of static/css/tokens.css.
COLOURS = {
    DEFAULT_COLOUR: "#B3202A",
    "crimson": "#8E1620",
    "black": "#211C18",
    "pine": "#1F5D50",
    "indigo": "#26456E",
}
FONT_FAMILY = (
    "Source Han Serif SC, Noto Serif CJK SC, Noto Serif SC, Songti SC, STSong, SimSun, serif"
)
# A Song glyph of 100 px fills about this box, its baseline at this part of the height.
GLYPH_WIDTH, GLYPH_HEIGHT, BASELINE = 92.5, 93.0, 0.884


class Seal(NamedTuple):
    """The characters and the style of a seal.

    Without a `title` it is decoration. Seals that are equal otherwise look different by `stone`.
    """

    characters: str
    shape: str = "square"
    style: str = "intaglio"
    title: str = ""
    stone: str = ""
    colour: str = DEFAULT_COLOUR

    @property
    def fill(self) -> str:
        """The ink as a colour, for where no style sheet is read."""
        return COLOURS.get(self.colour, COLOURS[DEFAULT_COLOUR])

    @property
    def seed(self) -> int:
        """The seed of everything irregular in the drawing; the colour does not count."""
        return zlib.crc32("|".join((self.characters, self.shape, self.style, self.stone)).encode())


def draw_seal(seal: Seal, element_id: str = "") -> SafeString:
    """Return the seal as inline SVG; without characters the outline of an uncut stone.

    `element_id` is unique on the page, or the masks of two drawings would clash.
    """
    tint_class = "" if seal.fill == COLOURS[DEFAULT_COLOUR] else f" seal-tint seal-{seal.colour}"
    drawing = draw_impression(seal, element_id) if seal.characters else _uncut_stone(seal)
    if not seal.title:
        return format_html(
            '<svg class="seal{}" viewBox="0 0 200 200" aria-hidden="true" focusable="false">'
            "{}</svg>",
            tint_class,
            drawing,
        )
    return format_html(
        '<svg class="seal{}" viewBox="0 0 200 200" role="img" focusable="false">'
        "<title>{}</title>{}</svg>",
        tint_class,
        seal.title,
        drawing,
    )


def seal_document(seal: Seal) -> SafeString:
    """Return the seal as an SVG file, without any style sheet."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" font-family="{}">{}</svg>',
        FONT_FAMILY,
        draw_impression(seal),
    )


def draw_impression(seal: Seal, element_id: str = "") -> SafeString:
    """Return the impression of a seal with characters: the elements inside the view box."""
    mask = element_id or f"seal-{seal.seed:x}"
    is_intaglio = seal.style == "intaglio"
    outline, wear = _stone(seal)
    glyphs = _glyphs(seal)
    return format_html(
        '<mask id="{mask}" maskUnits="userSpaceOnUse" x="0" y="0" width="200" height="200">'
        '<path d="M0 0h200v200H0z" fill="#fff"/>{intaglio}<path d="{wear}" fill="#000"/></mask>'
        '<g class="seal-ink"><g mask="url(#{mask})">'
        '<path class="seal-fill" d="{outline}" fill="{colour}" fill-rule="evenodd"/>{relief}'
        "</g></g>",
        mask=mask,
        wear=wear,
        outline=outline,
        colour=seal.fill,
        intaglio=_group("seal-text", "#000", glyphs) if is_intaglio else "",
        relief="" if is_intaglio else _group("seal-text seal-fill seal-line", seal.fill, glyphs),
    )


def _group(css_class: str, colour: str, glyphs: SafeString) -> SafeString:
    return format_html(
        '<g class="{}" fill="{}" stroke="{}" stroke-linejoin="round" font-size="100"'
        ' font-weight="700" text-anchor="middle">{}</g>',
        css_class,
        colour,
        colour,
        glyphs,
    )


@lru_cache(maxsize=512)
def _stone(seal: Seal) -> tuple[str, str]:
    """Return the outline of the inked surface, and all that has broken off it, as path data."""
    rng = random.Random(seal.seed)  # noqa: S311 - a drawing, nothing secret
    outline, inner = _edges(seal, rng)
    surface = outline if seal.style == "intaglio" else outline + inner
    return surface, _wear(seal, rng)


def _edges(seal: Seal, rng: random.Random) -> tuple[str, str]:
    if seal.shape == "round":
        return hand_cut_paths.ring(rng, 95, 0.9), hand_cut_paths.ring(rng, 86, 0.9)
    return hand_cut_paths.square(rng, 5, 1.1, radius=8), hand_cut_paths.square(
        rng, 15, 0.9, radius=5
    )


def _wear(seal: Seal, rng: random.Random) -> str:
    is_intaglio = seal.style == "intaglio"
    rim = [
        hand_cut_paths.chip(rng, *_on_rim(seal, rng), rng.uniform(2.2, 6))
        for _ in range(rng.randint(4, 7))
    ]
    specks = [
        hand_cut_paths.chip(rng, rng.uniform(12, 188), rng.uniform(12, 188), size)
        for size in [rng.uniform(0.8, 1.9) for _ in range(20 if is_intaglio else 10)]
    ]
    bruises = []
    if is_intaglio and seal.shape == "square":
        corner = rng.choice(((8, 8), (192, 8), (8, 192), (192, 192)))
        bruises = [hand_cut_paths.chip(rng, *corner, rng.uniform(5, 9))]
    return "".join(rim + specks + bruises)


def _on_rim(seal: Seal, rng: random.Random) -> tuple[float, float]:
    if seal.shape == "round":
        angle = rng.uniform(0, math.tau)
        return 100 + math.cos(angle) * 96, 100 + math.sin(angle) * 96
    along = rng.uniform(8, 192)
    return rng.choice(((along, 4), (along, 196), (4, along), (196, along)))


def _glyphs(seal: Seal) -> SafeString:
    """Return the characters, stretched to fill their boxes."""
    margin = margin_for(len(seal.characters), seal.shape, seal.style)
    boxes = character_boxes(seal.characters, margin, seal.shape)
    texts = [_glyph(box, len(boxes), seal) for box in boxes]
    return mark_safe("".join(texts))  # noqa: S308 - joined from format_html


def _glyph(box: CharacterBox, count: int, seal: Seal) -> SafeString:
    x, width = box.x, box.width
    if seal.shape == "round" and count == 2:
        x, width = 100 + (x - 100) * ROUND_COLUMN_WIDTH, width * ROUND_COLUMN_WIDTH
    scale_x, scale_y = width / GLYPH_WIDTH, box.height / GLYPH_HEIGHT
    stroke = (2.9 if count <= 2 else 2.7) * (1.12 if seal.style == "intaglio" else 1)
    return format_html(
        '<text transform="translate({} {}) scale({} {})" stroke-width="{}">{}</text>',
        hand_cut_paths.format_coordinate(x + width / 2),
        hand_cut_paths.format_coordinate(box.y + box.height * BASELINE),
        f"{scale_x:.3f}",
        f"{scale_y:.3f}",
        hand_cut_paths.format_coordinate(stroke / math.sqrt(scale_x * scale_y)),
        box.character,
    )


def _uncut_stone(seal: Seal) -> SafeString:
    rng = random.Random(seal.seed)  # noqa: S311 - a drawing, nothing secret
    if seal.shape == "round":
        edge = hand_cut_paths.ring(rng, 93, 1.2)
    else:
        edge = hand_cut_paths.square(rng, 8, 0.6, nick_probability=0)
    return format_html(
        '<path class="seal-uncut" d="{}" fill="none" stroke="#C4B9A6" stroke-width="2"'
        ' stroke-dasharray="5 6"/><g class="seal-text seal-wait" fill="#6F6459" font-size="32"'
        ' font-weight="600" text-anchor="middle"><text x="102" y="94">待</text>'
        '<text x="102" y="138">刻</text></g>',
        edge,
    )

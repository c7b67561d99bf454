"""Share cards (the pictures of shared links) and the icons of pages, as SVG.

Both have a digest of what they show in their URL, so that no cache gives out another's. Both are
drawn from the public row of the page, never from a draft.
"""

import hashlib
import json
import unicodedata
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.display.site_context import SiteContext
from core.models import BasePage
from core.seals.drawing import FONT_FAMILY, Seal, draw_impression
from core.text.han import wrap_text

WIDTH, HEIGHT = 1200, 630
PAPER, INK, INK_3, RED = "#FBF9F4", "#211C18", "#6F6459", "#B3202A"
# Count up when the drawing changes, and the URLs change with it.
DRAWING_VERSION = 1
SEAL_X, TEXT_X, RIGHT_X = 80, 440, 1120
# Font sizes of the title in pixels, the largest first, each with its maximum of lines.
TITLE_SIZES = ((76, 3), (60, 4), (46, 5))
LINE_HEIGHT = 1.36
# The title stands above the rule, the publisher below it.
RULE_Y = 508


class ShareCard(NamedTuple):
    """What the picture of a shared link shows."""

    seal: Seal
    title: str
    publisher: str
    site_name: str

    @property
    def digest(self) -> str:
        """What the URL of the picture contains."""
        return _digest(
            DRAWING_VERSION, _drawn_fields(self.seal), self.title, self.publisher, self.site_name
        )

    @property
    def alt_text(self) -> str:
        """The text of the picture."""
        parts = dict.fromkeys((self.title, self.publisher, self.site_name))
        return " · ".join(part for part in parts if part)


def share_card_for(page: BasePage, site_context: SiteContext) -> ShareCard:
    """Return the card of a public page; `site_context` has the language of the page."""
    title, publisher = page.share_text
    site_name = site_context.home.title if site_context.home else ""
    return ShareCard(page.seal or district_seal(site_context), title, publisher, site_name)


def district_seal(site_context: SiteContext) -> Seal:
    """Return the seal of the masthead."""
    return Seal(site_context.initials)


def seal_digest(seal: Seal) -> str:
    """Return what the URL of the drawing of a seal contains."""
    return _digest(DRAWING_VERSION, _drawn_fields(seal))


def icon_svg(seal: Seal) -> SafeString:
    """Return the seal on paper with a margin, as the icon of a home screen."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-22 -22 244 244" font-family="{}">'
        '<path d="M-22-22h244v244h-244z" fill="{}"/>{}</svg>',
        FONT_FAMILY,
        PAPER,
        draw_impression(seal),
    )


def card_svg(card: ShareCard) -> SafeString:
    """Return the picture: the seal on the left, the title beside it, the publisher below."""
    size, lines = _fit_title(card.title)
    top = RULE_Y / 2 + 18 - (len(lines) - 1) * size * LINE_HEIGHT / 2
    title = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        (
            (TEXT_X, round(top + size * (LINE_HEIGHT * n + 0.36), 1), line)
            for n, line in enumerate(lines)
        ),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="{}"'
        ' font-weight="700"><path d="M0 0h1200v630H0z" fill="{}"/>'
        '<g transform="translate({} {}) scale(1.5)">{}</g><g fill="{}" font-size="{}">{}</g>'
        '<path d="M{} {}h1040v8h-1040zm0 14h1040v2h-1040z" fill="{}"/>{}</svg>',
        WIDTH, HEIGHT, FONT_FAMILY, PAPER,
        SEAL_X, (RULE_Y - 300) / 2 + 18, draw_impression(card.seal), INK, size, title,
        SEAL_X, RULE_Y, RED, _publisher_line(card),
    )  # fmt: skip


def _publisher_line(card: ShareCard) -> SafeString:
    """Return the publisher on the left and the site's name on the right, without repetitions."""
    site_name = "" if card.site_name in (card.title, card.publisher) else card.site_name
    left, right = (card.publisher, site_name) if card.publisher else (site_name, "")
    [left] = wrap_text(left, 20, 1) or [""]
    [right] = wrap_text(right, 12, 1) or [""]
    return format_html(
        '<g font-size="32" fill="{}"><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="end">{}</text></g>',
        INK_3, SEAL_X, RULE_Y + 68, left, RIGHT_X, RULE_Y + 68, right,
    )  # fmt: skip


def _fit_title(title: str) -> tuple[int, list[str]]:
    """Return the largest size in which the title fits, and its lines."""
    characters = " ".join(title.split())
    title = "".join(each for each in characters if unicodedata.category(each)[0] != "C")
    for size, max_lines in TITLE_SIZES:
        lines = wrap_text(title, (RIGHT_X - TEXT_X) / size, max_lines)
        if "".join(lines).replace(" ", "") == title.replace(" ", ""):
            break
    return size, lines


def _drawn_fields(seal: Seal) -> list[str]:
    """Return all on which the drawing of a seal depends; its title depends on the language."""
    return [seal.characters, seal.shape, seal.style, seal.stone, seal.colour]


def _digest(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]

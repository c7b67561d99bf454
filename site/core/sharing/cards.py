"""What stands for a page elsewhere: the picture of a shared link, and the icon of its tab.

Both are addressed by what they show (`digest`), so that no cache gives out another's, and both are
drawn from the public row of the page, never from a draft.
"""

import hashlib
import json
import unicodedata
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.display.site_context import SiteContext
from core.seals import drawing
from core.seals.drawing import Seal
from core.text.han import wrapped

WIDTH, HEIGHT = 1200, 630
PAPER, INK, INK_3, RED = "#FBF9F4", "#211C18", "#6F6459", "#B3202A"
# Counted up when the drawing changes: then the addresses change with it.
DRAWING = 1
LEFT, TEXT, RIGHT = 80, 440, 1120
# Sizes of the title, the largest first, each with the number of lines it may take.
SIZES = ((76, 3), (60, 4), (46, 5))
# Below this many pixels of height the words are set; the rule lies there.
RULE = 508


class ShareCard(NamedTuple):
    """What the picture of a shared link says."""

    seal: Seal
    words: str
    publisher: str
    site: str

    @property
    def digest(self) -> str:
        return _digest(DRAWING, _cut(self.seal), self.words, self.publisher, self.site)

    @property
    def text(self) -> str:
        """The picture in words, for whoever does not see it."""
        parts = dict.fromkeys((self.words, self.publisher, self.site))
        return " · ".join(part for part in parts if part)


def card_of(page, frame: SiteContext) -> ShareCard:
    """The card of a public page; `frame` is that of the page's own language."""
    words, publisher = page.share_words
    site = frame.home.title if frame.home else ""
    return ShareCard(page.seal or district_seal(frame), words, publisher, site)


def district_seal(frame: SiteContext) -> Seal:
    """The seal of the masthead."""
    return Seal(frame.initials)


def seal_digest(seal: Seal) -> str:
    """What the address of a seal's drawing bears."""
    return _digest(DRAWING, _cut(seal))


def icon_svg(seal: Seal) -> SafeString:
    """The seal with a little air around it on paper, as a home screen wants it."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-22 -22 244 244" font-family="{}">'
        '<path d="M-22-22h244v244h-244z" fill="{}"/>{}</svg>',
        drawing.SONG,
        PAPER,
        drawing.draw_pressed(seal),
    )


def card_svg(card: ShareCard) -> SafeString:
    """The picture: the seal on the left, the words beside it, below the rule who publishes them."""
    size, lines = _set(card.words)
    top = RULE / 2 + 18 - (len(lines) - 1) * size * 1.36 / 2
    words = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((TEXT, round(top + size * (1.36 * n + 0.36), 1), line) for n, line in enumerate(lines)),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="{}"'
        ' font-weight="700"><path d="M0 0h1200v630H0z" fill="{}"/>'
        '<g transform="translate({} {}) scale(1.5)">{}</g><g fill="{}" font-size="{}">{}</g>'
        '<path d="M{} {}h1040v8h-1040zm0 14h1040v2h-1040z" fill="{}"/>{}</svg>',
        WIDTH, HEIGHT, drawing.SONG, PAPER,
        LEFT, (RULE - 300) / 2 + 18, drawing.draw_pressed(card.seal), INK, size, words,
        LEFT, RULE, RED, _below(card),
    )  # fmt: skip


def _below(card: ShareCard) -> SafeString:
    """Publisher on the left, the site's name on the right; one that is said already is left out."""
    site = "" if card.site in (card.words, card.publisher) else card.site
    publisher, site = (card.publisher, site) if card.publisher else (site, "")
    [left] = wrapped(publisher, 20, 1) or [""]
    [right] = wrapped(site, 12, 1) or [""]
    return format_html(
        '<g font-size="32" fill="{}"><text x="{}" y="{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="end">{}</text></g>',
        INK_3, LEFT, RULE + 68, left, RIGHT, RULE + 68, right,
    )  # fmt: skip


def _set(words: str) -> tuple[int, list[str]]:
    """The largest size in which the words fit, and their lines."""
    words = "".join(one for one in " ".join(words.split()) if unicodedata.category(one)[0] != "C")
    for size, most in SIZES:
        lines = wrapped(words, (RIGHT - TEXT) / size, most)
        if "".join(lines).replace(" ", "") == words.replace(" ", ""):
            break
    return size, lines


def _cut(seal: Seal) -> list[str]:
    """All that the drawing of a seal depends on; its title is the reader's language."""
    return [seal.characters, seal.shape, seal.style, seal.stone, seal.colour]


def _digest(*parts) -> str:
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]

"""The paper: sky at the back, sheets stacked towards the reader, and what was drawn in words."""

import random
import zlib
from xml.sax.saxutils import escape, quoteattr

from .geometry import num
from .palette import Palette
from .sheet import Sheet

HEIGHT = 900  # picture units; the width follows the proportion asked for


class Paper:
    """One picture in the making. Units: 900 high, `w` wide; y grows downwards."""

    def __init__(self, seed: str, palette: Palette, width: int, height: int) -> None:
        self.pal = palette
        self.rng = random.Random(seed)  # noqa: S311 - a drawing, not a secret
        self.size = (width, height)
        self.w = HEIGHT * width / height
        self.h = float(HEIGHT)
        self.sun_tone = palette.sun
        self.notes: list[str] = []
        self._out: list[str] = []
        self._ident = f"p{zlib.crc32(seed.encode()):08x}"
        self._count = 0

    @property
    def hour(self) -> str:
        """Return the light in words, as the palette has it."""
        if self.pal.night:
            return "月光下" if self.pal.name == "moonlit" else "暮色里"
        return "晨光里"

    def ident(self) -> str:
        """Return an identifier that is unique in this picture and differs between pictures."""
        self._count += 1
        return f"{self._ident}-{self._count}"

    def note(self, *phrases: str) -> None:
        """Remember in words what has just been drawn; an empty or repeated phrase is dropped."""
        for phrase in phrases:
            if phrase and phrase not in self.notes:
                self.notes.append(phrase)

    def raw(self, markup: str) -> None:
        """Add markup made by this package (never text from outside)."""
        self._out.append(markup)

    def lay(self, sheet: Sheet, depth: int = 2, clip: str = "") -> None:
        """Lay a sheet on the stack with a shadow of depth 0..3, optionally inside a clip path."""
        body = sheet.shadow(self.ident(), depth, self.pal.shade) + sheet.body()
        self._out.append(f'<g clip-path="url(#{clip})">{body}</g>' if clip else body)

    def clip(self, d: str) -> str:
        """Define a clip path and return its identifier."""
        ident = self.ident()
        self._out.append(f'<clipPath id="{ident}"><path d="{d}"/></clipPath>')
        return ident

    def svg(self, alt: str) -> str:
        """Return the whole document with its accessible name."""
        width, height = self.size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(alt)} '
            f'viewBox="0 0 {num(self.w)} {HEIGHT}" width="{width}" height="{height}">'
            f"<title>{escape(alt)}</title>{''.join(self._out)}</svg>"
        )

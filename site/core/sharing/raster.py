"""Pixels for whoever reads no SVG: link previews, old browsers, home screens. resvg draws.

Chinese needs a Chinese font on the server. Without one nothing is drawn: no picture is better than
a row of empty boxes.
"""

import io
import os
from functools import lru_cache
from pathlib import Path

import resvg_py
from PIL import Image

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# File → its simplified Chinese family, the best first: Song, then whatever can write Chinese.
FONTS = {
    "NotoSerifCJK-Bold.ttc": "Noto Serif CJK SC",
    "NotoSerifCJKsc-Bold.otf": "Noto Serif CJK SC",
    "NotoSerifSC-Bold.otf": "Noto Serif SC",
    "SourceHanSerif-Bold.ttc": "Source Han Serif SC",
    "SourceHanSerifSC-Bold.otf": "Source Han Serif SC",
    "NotoSerifCJK-Regular.ttc": "Noto Serif CJK SC",
    "NotoSansCJK-Bold.ttc": "Noto Sans CJK SC",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "wqy-zenhei.ttc": "WenQuanYi Zen Hei",
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
}


@lru_cache(maxsize=1)
def chinese_font() -> tuple[str, str] | None:
    """The file and the family of the best Chinese font of this server, or None."""
    folders = [Path(os.path.expanduser(folder)) for folder in FOLDERS]
    present = {path.name: path for folder in folders for path in folder.rglob("*.[ot]t[cf]")}
    for name, family in FONTS.items():
        if name in present:
            return str(present[name]), family
    return None


def png(svg: str, width: int) -> bytes:
    """`svg` as a PNG, `width` pixels wide. Ask `chinese_font()` first.

    Raises:
        LookupError: this server has no Chinese font.
    """
    font = chinese_font()
    if font is None:
        raise LookupError("no Chinese font")
    file, family = font
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[file],
        # resvg adds the serif family to every list of families: so ours is always found.
        serif_family=family,
    )
    return bytes(drawn)


def icon(svg: str, side: int) -> bytes:
    """`svg` as a Windows icon with one picture of `side` pixels."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png(svg, side))) as drawn:
        drawn.save(out, "ICO", sizes=[(side, side)])
    return out.getvalue()


def small(picture: bytes) -> bytes:
    """A PNG of few colours with a palette: a third of the size, the same to the eye."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as drawn:
        drawn.convert("RGB").quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()

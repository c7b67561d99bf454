"""Pixel images for what reads no SVG: link previews, old browsers, home screens. resvg renders.

Chinese needs a Chinese font on the server. Without one nothing is rendered: no picture is better
than a row of empty boxes.
"""

import io
import os
from functools import lru_cache
from pathlib import Path

import resvg_py
from PIL import Image

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# File → its simplified Chinese family, the best first: Song, then any other Chinese font.
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
    """Return the file and the family of the best Chinese font of this server, or None."""
    folders = [Path(os.path.expanduser(folder)) for folder in FONT_FOLDERS]
    files = {path.name: path for folder in folders for path in folder.rglob("*.[ot]t[cf]")}
    for name, family in FONTS.items():
        if name in files:
            return str(files[name]), family
    return None


def render_png(svg: str, width: int) -> bytes:
    """Return `svg` as a PNG, `width` pixels wide. Call `chinese_font()` first.

    Raises:
        LookupError: this server has no Chinese font.
    """
    font = chinese_font()
    if font is None:
        raise LookupError("no Chinese font")
    file, family = font
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        skip_system_fonts=True,
        font_files=[file],
        # resvg adds the serif family to every list of families, so this one is always found.
        serif_family=family,
    )
    return bytes(png)


def render_ico(svg: str, side: int) -> bytes:
    """Return `svg` as a Windows icon with one image of `side` pixels.

    Raises:
        LookupError: this server has no Chinese font.
    """
    output = io.BytesIO()
    with Image.open(io.BytesIO(render_png(svg, side))) as image:
        image.save(output, "ICO", sizes=[(side, side)])
    return output.getvalue()


def reduce_colours(png: bytes) -> bytes:
    """Return the PNG with a palette of 64 colours: a third of the size, the same to the eye."""
    output = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.convert("RGB").quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()

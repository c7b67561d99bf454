"""From SVG to pixels, in this process: resvg draws, Pillow adds the paper's grain and encodes."""

import io
import random
from functools import lru_cache

import resvg_py
from PIL import Image, ImageChops

TILE = 512  # edge of the grain tile in pixels
FORMATS = {"webp": "WEBP", "jpeg": "JPEG", "png": "PNG"}


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    """Return a tile of fine paper fibre around mid grey 128, the same on every machine."""
    noise = random.Random(7).randbytes(TILE * TILE)  # noqa: S311 - a texture
    tile = Image.frombytes("L", (TILE, TILE), noise)
    fine = tile.point(lambda v: 128 + (v - 128) // 30)
    return Image.merge("RGB", (fine, fine, fine))


def _textured(image: Image.Image) -> Image.Image:
    """Return the image with grain over all; it also hides the steps of gradients."""
    sheet = Image.new("RGB", image.size)
    for x in range(0, image.width, TILE):
        for y in range(0, image.height, TILE):
            sheet.paste(_grain(), (x, y))
    return ImageChops.add(image, sheet, scale=1, offset=-128)


def rasterise(svg: str, kind: str = "webp", width: int | None = None) -> bytes:
    """Return the picture as 'webp', 'jpeg' or 'png' bytes, `width` pixels wide if given."""
    if kind not in FORMATS:
        raise ValueError(f"unknown picture format: {kind!r}")
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(png))) as opened:
        image = _textured(opened.convert("RGB"))
    options: dict[str, object] = {"png": {"optimize": False}}.get(kind, {"quality": 80})
    if kind == "webp":
        options["method"] = 4
    out = io.BytesIO()
    image.save(out, FORMATS[kind], **options)
    return out.getvalue()

"""QR codes."""

from functools import lru_cache

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=1024)
def qr_code_svg(url: str) -> SafeString:
    """Return `url` as inline SVG, with the quiet zone the standard asks for (ISO/IEC 18004).

    It is dark on white in every display mode: a phone would not find it on a dark ground. Screen
    readers skip it, so show the URL in text beside it.
    """
    svg = segno.make(url, micro=False, error="m").svg_inline(
        border=4, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return format_html('<span class="qr" aria-hidden="true">{}</span>', mark_safe(svg))  # noqa: S308 - drawn from modules, no text of the URL is in it

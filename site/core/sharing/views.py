"""The share cards and icons of public pages.

A URL answers while the page is public and shows just what the digest in the URL says; everything
else is 404. Caches keep it for a day: what is withdrawn must not be shown for a year.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import condition, require_safe
from wagtail.models import Page, Site

from core.display.site_context import SiteContext, get_site_context
from core.models import BasePage
from core.seals.drawing import Seal, seal_document
from core.sharing import cards, raster
from core.tree import hidden_ancestor

CACHE_CONTROL = "public, max-age=86400"
IMMUTABLE = f"{CACHE_CONTROL}, immutable"
# In pixels.
TOUCH_ICON_SIDE, FAVICON_SIDE = 180, 32


@require_safe
def card(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """Return the picture of a shared link, 1200 by 630 pixels."""
    page, site_context = _public_page_or_404(request, pk)
    share_card = cards.share_card_for(page, site_context)
    if digest != share_card.digest or not _can_be_rendered(share_card.seal):
        raise Http404
    picture = _stored_picture(f"card-{pk}", f"{digest}.png", lambda: _render_card(share_card))
    return _picture_response(picture, "image/png", IMMUTABLE)


@require_safe
def seal(request: HttpRequest, pk: int, digest: str, kind: str) -> HttpResponse:
    """Return the seal of a page, or the district's: as SVG, or as PNG for a home screen."""
    page, site_context = _public_page_or_404(request, pk)
    page_seal = page.seal or cards.district_seal(site_context)
    if digest != cards.seal_digest(page_seal) or not page_seal.characters:
        raise Http404
    if kind == "svg":
        return _picture_response(seal_document(page_seal), "image/svg+xml", IMMUTABLE)
    if not _can_be_rendered(page_seal):
        raise Http404
    svg = cards.icon_svg(page_seal)
    picture = _stored_picture(
        f"icon-{pk}", f"{digest}.png", lambda: raster.render_png(svg, TOUCH_ICON_SIDE)
    )
    return _picture_response(picture, "image/png", IMMUTABLE)


def _favicon_etag(request: HttpRequest) -> str:
    return f'"{cards.seal_digest(cards.district_seal(get_site_context(request)))}"'


@require_safe
@condition(etag_func=_favicon_etag)
def favicon(request: HttpRequest) -> HttpResponse:
    """Return the district's seal for browsers that ask for /favicon.ico without a link to it."""
    site_context = get_site_context(request)
    district_seal = cards.district_seal(site_context)
    if not _can_be_rendered(district_seal):
        return redirect(static("img/seal.svg"))
    picture = _stored_picture(
        f"ico-{site_context.root.pk}",
        f"{cards.seal_digest(district_seal)}.ico",
        lambda: raster.render_ico(seal_document(district_seal), FAVICON_SIDE),
    )
    return _picture_response(picture, "image/x-icon", CACHE_CONTROL)


def _render_card(share_card: cards.ShareCard) -> bytes:
    return raster.reduce_colours(raster.render_png(cards.card_svg(share_card), cards.WIDTH))


def _can_be_rendered(page_seal: Seal) -> bool:
    return bool(page_seal.characters and raster.chinese_font())


def _public_page_or_404(request: HttpRequest, pk: int) -> tuple[BasePage, SiteContext]:
    """Return the page, and the site in its language, if any reader can open it at this host."""
    page = Page.objects.live().filter(pk=pk).select_related("locale").first()
    if page is None or not issubclass(page.specific_class, BasePage):
        raise Http404
    site_context = SiteContext(Site.find_for_request(request), page.locale.language_code)
    if (
        site_context.home is None
        or not page.path.startswith(site_context.home.path)
        or hidden_ancestor(page)
        or page.get_view_restrictions().exists()
    ):
        raise Http404
    return page.specific, site_context


def _stored_picture(name: str, suffix: str, render: Callable[[], bytes]) -> bytes:
    """Return the stored picture, or render it and store it in place of the page's older ones."""
    folder = Path(settings.SHARE_ROOT)
    path = folder / f"{name}-{suffix}"
    if path.exists():
        return path.read_bytes()
    picture = render()
    # A full disk is no reason to show nothing.
    with suppress(OSError):
        _store(picture, path, folder.glob(f"{name}-*"))
    return picture


def _store(picture: bytes, path: Path, older: Iterable[Path]) -> None:
    """Write the file atomically: another worker may read it at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(picture)
        for old in list(older):
            old.unlink(missing_ok=True)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _picture_response(content: bytes | str, content_type: str, cache_control: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Cache-Control": cache_control}
    )

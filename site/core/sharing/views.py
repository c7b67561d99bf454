"""Hands out the pictures of shared links and the icons, for public pages alone.

An address answers while the page is public and says what the address was made of; everything else
is 404. A day in a cache, no longer: what is withdrawn must not be shown for a year.
"""

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import condition, require_safe
from wagtail.models import Page, Site

from core.display.site_context import SiteContext, get_site_context
from core.models import BasePage
from core.seals import drawing
from core.sharing import cards, raster
from core.tree import hidden_ancestor

CACHED = "public, max-age=86400"


@require_safe
def card(request, pk: int, digest: str) -> HttpResponse:
    """The picture of a shared link: 1200 by 630."""
    page, frame = _public(request, pk)
    shown = cards.card_of(page, frame)
    if digest != shown.digest or not _drawable(shown.seal):
        raise Http404
    picture = _kept(f"card-{pk}", f"{digest}.png", lambda: _card(shown))
    return _answer(picture, "image/png", f"{CACHED}, immutable")


@require_safe
def seal(request, pk: int, digest: str, kind: str) -> HttpResponse:
    """The seal of a page, or the district's: as SVG, or as PNG for a home screen."""
    page, frame = _public(request, pk)
    shown = page.seal or cards.district_seal(frame)
    if digest != cards.seal_digest(shown) or not shown.characters:
        raise Http404
    if kind == "svg":
        return _answer(drawing.document(shown), "image/svg+xml", f"{CACHED}, immutable")
    if not _drawable(shown):
        raise Http404
    picture = _kept(f"icon-{pk}", f"{digest}.png", lambda: raster.png(cards.icon_svg(shown), 180))
    return _answer(picture, "image/png", f"{CACHED}, immutable")


def _etag(request) -> str:
    return f'"{cards.seal_digest(cards.district_seal(get_site_context(request)))}"'


@require_safe
@condition(etag_func=_etag)
def favicon(request) -> HttpResponse:
    """The district's seal for browsers that ask for /favicon.ico whatever the page says."""
    frame = get_site_context(request)
    shown = cards.district_seal(frame)
    if not _drawable(shown):
        return redirect(static("img/seal.svg"))
    digest = cards.seal_digest(shown)
    picture = _kept(
        f"ico-{frame.root.pk}", f"{digest}.ico", lambda: raster.icon(drawing.document(shown), 32)
    )
    return _answer(picture, "image/x-icon", CACHED)


def _card(shown: cards.ShareCard) -> bytes:
    return raster.small(raster.png(cards.card_svg(shown), cards.WIDTH))


def _drawable(shown: drawing.Seal) -> bool:
    return bool(shown.characters and raster.chinese_font())


def _public(request, pk: int) -> tuple[BasePage, SiteContext]:
    """The page, and the frame of its language, if any reader can open it at this host."""
    page = Page.objects.live().filter(pk=pk).select_related("locale").first()
    if page is None or not issubclass(page.specific_class, BasePage):
        raise Http404
    frame = SiteContext(Site.find_for_request(request), page.locale.language_code)
    if (
        frame.home is None
        or not page.path.startswith(frame.home.path)
        or hidden_ancestor(page)
        or page.get_view_restrictions().exists()
    ):
        raise Http404
    return page.specific, frame


def _kept(name: str, ending: str, make: Callable[[], bytes]) -> bytes:
    """The picture from the disk, or made now and kept in place of the page's earlier one."""
    folder = Path(settings.SHARE_ROOT)
    path = folder / f"{name}-{ending}"
    if path.exists():
        return path.read_bytes()
    picture = make()
    # A full disk is no reason to show nothing.
    with suppress(OSError):
        _keep(picture, path, folder.glob(f"{name}-*"))
    return picture


def _keep(picture: bytes, path: Path, earlier: Iterable[Path]) -> None:
    """Write the file whole or not at all: another worker may read it at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(picture)
        for old in list(earlier):
            old.unlink(missing_ok=True)
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _answer(content, kind: str, caching: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": caching})

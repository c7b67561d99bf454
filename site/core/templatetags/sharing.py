"""Template tags for link previews and the browser's tab."""

from typing import Any, NamedTuple

from django import template
from django.template import Context
from django.urls import reverse

from core.display.site_context import SiteContext, get_site_context
from core.models import BasePage
from core.seals.drawing import Seal
from core.sharing import cards, raster

register = template.Library()


class ShareLinks(NamedTuple):
    """URLs of share card and icons; each is empty where there is nothing to show."""

    card: str = ""
    alt_text: str = ""
    icon: str = ""
    touch_icon: str = ""
    width: int = cards.WIDTH
    height: int = cards.HEIGHT


@register.simple_tag(takes_context=True)
def share_links(context: Context) -> ShareLinks:
    """Return the share card and the icons of the page in the context, without a query.

    `emblem` in the context is another page whose seal the tab shows: a school's brand. A preview
    of a draft has the district's icon and no card, since nobody could fetch them.
    """
    request = context.get("request")
    site_context = get_site_context(request) if request else None
    if site_context is None or not site_context.initials:
        return ShareLinks()
    page: Any = context.get("page")
    is_preview = getattr(request, "is_preview", False)
    is_public = isinstance(page, BasePage) and page.live and not is_preview
    links = ShareLinks()
    if is_public and raster.chinese_font():
        links = _with_card(links, page, site_context)
    candidates = (page, context.get("emblem")) if is_public else ()
    sealed_page = next((each for each in candidates if each and each.seal), None)
    if sealed_page:
        return _with_icons(links, sealed_page.pk, sealed_page.seal)
    return _with_icons(links, site_context.root.pk, cards.district_seal(site_context))


def _with_card(links: ShareLinks, page: BasePage, site_context: SiteContext) -> ShareLinks:
    card = cards.share_card_for(page, site_context)
    path = reverse("share_card", args=[page.pk, card.digest])
    return links._replace(card=site_context.site.root_url + path, alt_text=card.alt_text)


def _with_icons(links: ShareLinks, pk: int, seal: Seal) -> ShareLinks:
    digest = cards.seal_digest(seal)
    icon, touch_icon = (reverse("share_seal", args=[pk, digest, kind]) for kind in ("svg", "png"))
    return links._replace(icon=icon, touch_icon=touch_icon if raster.chinese_font() else "")

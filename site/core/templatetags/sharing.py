"""What the head of a page says to link previews and to the browser's tab."""

from typing import NamedTuple

from django import template
from django.urls import reverse

from core.display.site_context import SiteContext, get_site_context
from core.models import BasePage
from core.seals.drawing import Seal
from core.sharing import cards, raster

register = template.Library()


class Share(NamedTuple):
    """Addresses; each is empty where there is nothing to show."""

    card: str = ""
    text: str = ""
    icon: str = ""
    touch: str = ""
    width: int = cards.WIDTH
    height: int = cards.HEIGHT


@register.simple_tag(takes_context=True)
def share_links(context) -> Share:
    """The picture and the icons of the page in `context`, without a query of their own.

    `emblem` in the context is another page whose seal the tab shows: a school's brand. A draft's
    preview has the district's icon and no picture: nobody could fetch them.
    """
    request = context.get("request")
    frame = get_site_context(request) if request else None
    if frame is None or not frame.initials:
        return Share()
    page = context.get("page")
    public = isinstance(page, BasePage) and page.live and not getattr(request, "is_preview", False)
    shown = Share()
    if public and raster.chinese_font():
        shown = _with_card(shown, page, frame)
    sealed = [one for one in (page, context.get("emblem")) if public and one and one.seal]
    return _with_icons(shown, *_emblem(sealed, frame))


def _emblem(sealed: list, frame: SiteContext) -> tuple[int, Seal]:
    if sealed:
        return sealed[0].pk, sealed[0].seal
    return frame.root.pk, cards.district_seal(frame)


def _with_card(shown: Share, page, frame: SiteContext) -> Share:
    card = cards.card_of(page, frame)
    address = reverse("share_card", args=[page.pk, card.digest])
    return shown._replace(card=frame.site.root_url + address, text=card.text)


def _with_icons(shown: Share, pk: int, seal: Seal) -> Share:
    digest = cards.seal_digest(seal)
    icon, touch = (reverse("share_seal", args=[pk, digest, kind]) for kind in ("svg", "png"))
    return shown._replace(icon=icon, touch=touch if raster.chinese_font() else "")

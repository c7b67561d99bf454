"""What templates of the public site need: the frame, cards, pictures, seals, numbers."""

import re
from decimal import Decimal, InvalidOperation

from django import template
from django.template.loader import select_template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.display import external_links, languages, preferences
from core.display.site_context import SiteContext, get_site_context
from core.media import rendition_sizes
from core.seals import drawing
from core.sharing import qr
from core.text.han import phrases_of

register = template.Library()

BETWEEN_PHRASES = re.compile(r"[\s，,；;]+")


@register.simple_tag(takes_context=True)
def site_frame(context) -> SiteContext | None:
    """The frame of the request: `{% site_frame as frame %}`; None without a request."""
    request = context.get("request")
    return get_site_context(request) if request else None


@register.simple_tag(takes_context=True)
def reading_attributes(context) -> SafeString:
    """How this page is read, for `<html>`: `data-mode`, `data-size` where a mode has sizes.

    `data-grey` while the district mourns.
    """
    reading = preferences.preferences_of(context.get("request"))
    attributes = {"data-mode": reading.mode}
    if preferences.is_greyscale(site_frame(context), context.get("page")):
        attributes["data-grey"] = ""
    if reading.mode != preferences.STANDARD:
        attributes["data-size"] = reading.size
    return format_html_join(" ", '{}="{}"', attributes.items())


@register.inclusion_tag("core/includes/reading_switch.html", takes_context=True)
def reading_switch(context) -> dict:
    """Links to the other ways of reading this very page; sizes where there is a choice."""
    request = context.get("request")
    return preferences.preference_choices(request) if request else {}


@register.inclusion_tag("core/includes/tools.html", takes_context=True)
def tools(context, page) -> dict:
    """What a reader does with the text of `page`: type size, print, share by QR."""
    request = context.get("request")
    return {
        "sizes": preferences.type_size_choices(request) if request else [],
        "address": page.get_full_url(request) if page.pk else "",
    }


register.simple_tag(qr.qr_of, name="qr")


@register.simple_tag
def page_language() -> str:
    """The active language for `<html lang>`: zh-Hans or en."""
    return languages.tag_of(translation.get_language() or "zh-hans")


@register.filter
def language_tag(code: str) -> str:
    """A language code as HTML wants it."""
    return languages.tag_of(code)


@register.simple_tag
def alternate_pages(page) -> list:
    """Live translations for hreflang, the page itself first; empty if there is no other."""
    others = languages.alternates(page)
    return [page, *others] if others else []


@register.inclusion_tag("core/includes/language_switch.html", takes_context=True)
def language_switch(context, page=None) -> dict:
    """Links to the other languages, or to the nearest page that exists there."""
    frame = site_frame(context)
    here = page or (frame.home if frame else None)
    request = context.get("request")
    targets = languages.switch_targets(here, translation.get_language()) if here else []
    return {
        "request": request,
        "targets": [
            (target, "" if page else languages.same_view(request, target.language))
            for target in targets
        ],
    }


@register.inclusion_tag("core/includes/breadcrumbs.html", takes_context=True)
def breadcrumbs(context, page) -> dict:
    """The way from the home page to `page`."""
    return {
        "request": context.get("request"),
        "page": page,
        "trail": languages.trail_of(page),
    }


@register.simple_tag(takes_context=True)
def card(context, page, **more) -> SafeString:
    """A page as the card it names itself, or as the plain card."""
    found = select_template([page.card_template, "core/card.html"])
    return found.render({"page": page, **more}, request=context.get("request"))


@register.inclusion_tag("core/includes/cards.html", takes_context=True)
def cards(context, pages) -> dict:
    """A list of pages, laid out as their type asks (`card_list`); rows where types are mixed."""
    pages = list(pages)
    layouts = {getattr(page, "card_list", "rows") for page in pages}
    return {
        "request": context.get("request"),
        "pages": pages,
        "layout": layouts.pop() if len(layouts) == 1 else "rows",
    }


@register.inclusion_tag("core/includes/picture.html")
def picture(image, size: str, alt: str | None = None, lazy: bool = True, css: str = "") -> dict:
    """A `picture` in a size of `core.media.rendition_sizes`; nothing at all without an image.

    `alt` is the picture's own text unless the place says it better; "" where the words beside it
    say the same. Only the largest picture of the first window is not `lazy`.
    """
    return {
        "source": rendition_sizes.source_sets_of(image, size) if image else None,
        "alt": image.default_alt_text if image and alt is None else alt,
        "lazy": lazy,
        "css": css,
    }


@register.simple_tag(takes_context=True)
def seal(context, what) -> SafeString:
    """A seal: of a page that has one (`page.seal`), or of some characters, as decoration.

    Without characters it is a stone that nobody has cut yet.
    """
    cut = getattr(what, "seal", None) or drawing.Seal(str(what or ""))
    # One seal may stand on a page twice, and cards are rendered apart from each other: the
    # request counts, so that no two masks share an id.
    holder = context.get("request") or context.template
    holder.seals_drawn = getattr(holder, "seals_drawn", 0) + 1
    return drawing.draw(cut, f"seal-{holder.seals_drawn}-{cut.seed:x}")


@register.filter
def number(value) -> str:
    """1284 → 1,284; Decimal("3906.50") → 3,906.5; what is no number stays as it is."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def phrases(text: str) -> list[str]:
    """The parts of a slogan: 党旗映彩虹 师生共成长 → two."""
    return [part for part in BETWEEN_PHRASES.split(text) if part]


@register.simple_tag
def page_range(page_obj) -> list:
    """The page numbers worth a link; an ellipsis stands for those left out."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2))


@register.simple_tag
def original_page(page):
    """The page of the default language of which `page` is a translation; None if it is that."""
    default = languages.default_language()
    target = languages.switch_target(page, default)
    return target.page if target and target.exact else None


@register.filter
def by_phrase(title: str) -> str:
    """A title whose phrases stay whole where they fit a line (`.phrase` in base.css)."""
    found = phrases_of(str(title))
    if len(found) < 2:
        return title
    return format_html_join("", '<span class="phrase">{}</span>', ((each,) for each in found))


@register.filter
def belongs_to(page, section) -> bool:
    """Whether the index page `section` is where a reader looks for `page`, wherever it lies."""
    index, kind = section.specific_class, type(page)
    if getattr(page, "_meta", None) is None or page._meta.app_label != index._meta.app_label:
        return False
    # The home page, and what stands beside the sections, is in none of them.
    homes = set(index.allowed_parent_page_models())
    return kind not in homes and homes.isdisjoint(kind.allowed_parent_page_models())


@register.simple_tag
def outside_link(address: str, words: str) -> SafeString:
    """A link out of the site: `{% outside_link page.source_url page.source %}`."""
    return format_html("{}{}</a>", external_links.link_opening_tag(address), words)


@register.filter
def without_strays(html: str) -> SafeString:
    """Rich text without links that would leave the site past the notice."""
    return external_links.without_invalid_links(html)

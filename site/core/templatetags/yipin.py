"""Template tags of the public site: site context, cards, pictures, seals, numbers."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.core.paginator import Page as PaginatorPage
from django.template import Context
from django.template.loader import select_template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.display import external_links, languages, preferences
from core.display.site_context import SiteContext, get_site_context
from core.media import rendition_sizes
from core.media.models import Image
from core.models import BasePage
from core.seals.drawing import Seal, draw_seal
from core.sharing.qr import qr_code_svg
from core.text.han import split_phrases

register = template.Library()

PHRASE_SEPARATOR = re.compile(r"[\s，,；;]+")


@register.simple_tag(takes_context=True)
def site_context(context: Context) -> SiteContext | None:
    """Return the site context: `{% site_context as site_context %}`; None without a request."""
    request = context.get("request")
    return get_site_context(request) if request else None


@register.simple_tag(takes_context=True)
def display_attributes(context: Context) -> SafeString:
    """Return the attributes of `<html>`: `data-mode`, and `data-size` where a mode has sizes.

    `data-grey` while the district is in mourning.
    """
    current = preferences.preferences_of(context.get("request"))
    attributes = {"data-mode": current.mode}
    if preferences.is_greyscale(site_context(context), context.get("page")):
        attributes["data-grey"] = ""
    if current.mode != preferences.STANDARD:
        attributes["data-size"] = current.size
    return format_html_join(" ", '{}="{}"', attributes.items())


@register.inclusion_tag("core/includes/display_switch.html", takes_context=True)
def display_switch(context: Context) -> dict[str, Any]:
    """Render links to this page with other display preferences; sizes where there is a choice."""
    request = context.get("request")
    return preferences.preference_links(request) if request else {}


@register.inclusion_tag("core/includes/page_tools.html", takes_context=True)
def page_tools(context: Context, page: Page) -> dict[str, Any]:
    """Render what a reader does with the text of `page`: type size, print, share by QR code."""
    request = context.get("request")
    return {
        "sizes": preferences.type_size_links(request) if request else [],
        "address": page.get_full_url(request) if page.pk else "",
    }


register.simple_tag(qr_code_svg, name="qr")


@register.simple_tag
def page_language() -> str:
    """Return the active language for `<html lang>`: zh-Hans or en."""
    return languages.language_tag(translation.get_language() or "zh-hans")


@register.filter
def language_tag(code: str) -> str:
    """Return a language code as HTML wants it."""
    return languages.language_tag(code)


@register.simple_tag
def alternate_pages(page: Page) -> list[Page]:
    """Return the pages for hreflang, `page` first; empty if it has no live translation."""
    translations = languages.live_translations(page)
    return [page, *translations] if translations else []


@register.inclusion_tag("core/includes/language_switch.html", takes_context=True)
def language_switch(context: Context, page: Page | None = None) -> dict[str, Any]:
    """Render links to the other languages, or to the nearest page that exists there."""
    site = site_context(context)
    current_page = page or (site.home if site else None)
    request = context.get("request")
    language = translation.get_language()
    targets = languages.switch_targets(current_page, language) if current_page else []
    return {
        "request": request,
        "targets": [
            (target, "" if page else languages.translated_view_url(request, target.language))
            for target in targets
        ],
    }


@register.inclusion_tag("core/includes/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: Context, page: Page) -> dict[str, Any]:
    """Render the breadcrumbs from the home page to `page`."""
    return {
        "request": context.get("request"),
        "page": page,
        "trail": languages.breadcrumb_trail(page),
    }


@register.simple_tag(takes_context=True)
def card(context: Context, page: BasePage, **extra: Any) -> SafeString:
    """Render a page with the card template of its type."""
    card_template = select_template([page.card_template, "core/card.html"])
    return card_template.render({"page": page, **extra}, request=context.get("request"))


@register.inclusion_tag("core/includes/cards.html", takes_context=True)
def cards(context: Context, pages: Iterable[Page]) -> dict[str, Any]:
    """Render a list of pages in the layout of their type (`card_list`); rows for mixed types."""
    pages = list(pages)
    layouts = {getattr(page, "card_list", "rows") for page in pages}
    return {
        "request": context.get("request"),
        "pages": pages,
        "layout": layouts.pop() if len(layouts) == 1 else "rows",
    }


@register.inclusion_tag("core/includes/picture.html")
def picture(
    image: Image | None, size: str, alt: str | None = None, lazy: bool = True, css: str = ""
) -> dict[str, Any]:
    """Render a `picture` in a size of `core.media.rendition_sizes`; nothing without an image.

    `alt` replaces the alt text of the image; "" where the text beside it says the same. Only the
    largest picture of the first screen is not `lazy`.
    """
    return {
        "source": rendition_sizes.picture_source(image, size) if image else None,
        "alt": image.default_alt_text if image and alt is None else alt,
        "lazy": lazy,
        "css": css,
    }


@register.simple_tag(takes_context=True)
def seal(context: Context, source: Any) -> SafeString:
    """Draw the seal of a page that has one (`page.seal`), or of some characters, as decoration.

    Without characters it is the outline of an uncut stone.
    """
    drawn = getattr(source, "seal", None) or Seal(str(source or ""))
    # A seal may stand on a page twice, and cards are rendered separately: the request counts, so
    # that no two masks have the same id.
    counter: Any = context.get("request") or context.template
    counter.seals_drawn = getattr(counter, "seals_drawn", 0) + 1
    return draw_seal(drawn, f"seal-{counter.seals_drawn}-{drawn.seed:x}")


@register.filter
def number(value: Any) -> str:
    """Format a number: 1284 → 1,284; Decimal("3906.50") → 3,906.5; other values unchanged."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def phrases(text: str) -> list[str]:
    """Return the parts of a slogan: 党旗映彩虹 师生共成长 → two."""
    return [part for part in PHRASE_SEPARATOR.split(text) if part]


@register.simple_tag
def page_range(page_obj: PaginatorPage) -> list[int | str]:
    """Return the page numbers worth a link, with ellipses for those left out."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2))


@register.simple_tag
def original_page(page: Page) -> Page | None:
    """Return the page of the default language of which `page` is a translation, or None."""
    target = languages.switch_target(page, languages.default_language())
    return target.page if target and target.exact else None


@register.filter
def phrase_spans(title: str) -> str:
    """Wrap each phrase of a title, so that it stays whole where it fits a line (`.phrase`)."""
    parts = split_phrases(str(title))
    if len(parts) < 2:
        return title
    return format_html_join("", '<span class="phrase">{}</span>', ((part,) for part in parts))


@register.filter
def is_in_section(page: Any, section: Page) -> bool:
    """Return whether a reader looks for `page` in the index page `section`, wherever it lies."""
    index_type, page_type = section.specific_class, type(page)
    meta = getattr(page, "_meta", None)
    if meta is None or meta.app_label != index_type._meta.app_label:
        return False
    # The home page, and what stands beside the sections, is in none of them.
    home_types = set(index_type.allowed_parent_page_models())
    parents = page_type.allowed_parent_page_models()
    return page_type not in home_types and home_types.isdisjoint(parents)


@register.simple_tag
def external_link(url: str, text: str) -> SafeString:
    """Return a link out of the site: `{% external_link page.source_url page.source %}`."""
    return format_html("{}{}</a>", external_links.link_opening_tag(url), text)


@register.filter
def without_invalid_links(html: str) -> SafeString:
    """Return rich text without links that would leave the site without the notice."""
    return external_links.without_invalid_links(html)

"""The head of a public page, and what its footer says of the whole site."""

from collections.abc import Iterator
from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from core.display.site_context import get_site_context
from core.models import BasePage
from core.sharing import json_ld, page_metadata

register = template.Library()


@register.simple_tag(takes_context=True)
def site_tags(context) -> list[page_metadata.Tag]:
    """The tags that every page bears: `{% site_tags as tags %}`."""
    request = context.get("request")
    return page_metadata.site_tags(get_site_context(request)) if request else []


@register.simple_tag(takes_context=True)
def page_head(context) -> dict:
    """`tags`, `social`, `canonical` and `linked` of the page in the context.

    A draft has no address yet and is shown to nobody outside: its preview bears the tags alone.
    """
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or request is None:
        return {}
    frame = get_site_context(request)
    if not page.live or getattr(request, "is_preview", False) or not frame.home:
        return {"tags": page_metadata.page_tags(page)}
    address = page_metadata.canonical_of(page, request, context)
    image = page_metadata.image_of(page, frame)
    return {
        "tags": page_metadata.page_tags(page, address, image),
        "canonical": address,
        "social": page_metadata.social_tags(page, frame, address),
        "linked": _linked(page, request, address, image),
    }


@register.simple_tag(takes_context=True)
def updated_at(context) -> datetime | None:
    """When what this page shows last changed, as far as it is known without asking again."""
    request = context.get("request")
    return get_site_context(request).updated_at(*_shown(context)) if request else None


def _linked(page: BasePage, request, address: str, image: str) -> SafeString:
    return json_ld.json_ld_script(
        json_ld.json_ld_of(page, get_site_context(request), request, address, image)
    )


def _shown(context) -> Iterator[BasePage]:
    """The page itself and its rows, which the content above the footer has read already."""
    if isinstance(context.get("page"), BasePage):
        yield context["page"]
    yield from getattr(context.get("page_obj"), "object_list", [])
    sections = context.get("sections")
    for rows in sections.values() if isinstance(sections, dict) else []:
        yield from rows

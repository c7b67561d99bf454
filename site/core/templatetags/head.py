"""Template tags for the head of a public page, and for the date in its footer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import template
from django.template import Context

from core.display.site_context import get_site_context
from core.models import BasePage
from core.sharing import json_ld, page_metadata

register = template.Library()


@register.simple_tag(takes_context=True)
def site_tags(context: Context) -> list[page_metadata.Tag]:
    """Return the meta tags that every page has: `{% site_tags as tags %}`."""
    request = context.get("request")
    return page_metadata.site_tags(get_site_context(request)) if request else []


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> dict[str, Any]:
    """Return `tags`, `social_tags`, `canonical_url` and `json_ld` of the page in the context.

    A draft has no URL yet: its preview has `tags` alone.
    """
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, BasePage) or request is None:
        return {}
    site_context = get_site_context(request)
    if not page.live or getattr(request, "is_preview", False) or not site_context.home:
        return {"tags": page_metadata.page_tags(page)}
    url = page_metadata.canonical_url(page, request, context)
    image_url = page_metadata.image_url(page, site_context)
    nodes = json_ld.json_ld_nodes(page, site_context, request, url, image_url)
    return {
        "tags": page_metadata.page_tags(page, url, image_url),
        "canonical_url": url,
        "social_tags": page_metadata.social_tags(page, site_context, url),
        "json_ld": json_ld.json_ld_script(nodes),
    }


@register.simple_tag(takes_context=True)
def updated_at(context: Context) -> datetime | None:
    """Return when what this page shows was last published, as far as that takes no query."""
    request = context.get("request")
    return get_site_context(request).updated_at(*_shown_pages(context)) if request else None


def _shown_pages(context: Context) -> Iterator[BasePage]:
    """Yield the page and its rows, which the content above the footer has read already."""
    if isinstance(context.get("page"), BasePage):
        yield context["page"]
    yield from getattr(context.get("page_obj"), "object_list", [])
    sections = context.get("sections")
    for rows in sections.values() if isinstance(sections, dict) else []:
        yield from rows

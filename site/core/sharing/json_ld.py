"""Structured data of a page in the vocabulary of schema.org (JSON-LD).

It is a block of data that no browser runs; text that people typed cannot end it.
"""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.display.languages import breadcrumb_trail, language_tag
from core.display.site_context import SiteContext
from core.models import BasePage

Node = dict[str, Any]

# In a script element only these can end it or begin a comment; JSON reads both spellings alike.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def json_ld_script(nodes: list[Node]) -> SafeString:
    """Return the script element with these nodes; empty without any."""
    if not nodes:
        return SafeString()
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False)
    data = mark_safe(text.translate(ESCAPES))  # noqa: S308 - nothing in it can end the element
    return format_html('<script type="application/ld+json">{}</script>', data)


def json_ld_nodes(
    page: BasePage, site_context: SiteContext, request: HttpRequest, url: str, image_url: str = ""
) -> list[Node]:
    """Return site and organiser on the home page, breadcrumbs and any article elsewhere."""
    if page.pk == site_context.home.pk:
        return [_site(site_context, url), _organiser(site_context)]
    nodes = [_breadcrumbs(page, request)]
    if page.schema_type:
        nodes.append(_article(page, site_context, url, image_url))
    return nodes


def _site(site_context: SiteContext, url: str) -> Node:
    return {
        "@type": "WebSite",
        "name": site_context.home.title,
        "url": url,
        "inLanguage": language_tag(site_context.language),
        "publisher": {"@id": _organiser_id(site_context)},
    }


def _organiser(site_context: SiteContext) -> Node:
    home = site_context.home
    return _without_empty(
        {
            "@type": "Organization",
            "@id": _organiser_id(site_context),
            "name": getattr(home, "committee", "") or home.title,
            "url": site_context.site.root_url,
            "address": getattr(home, "address", ""),
            "telephone": getattr(home, "phone", ""),
            "email": getattr(home, "email", ""),
        }
    )


def _article(page: BasePage, site_context: SiteContext, url: str, image_url: str) -> Node:
    return _without_empty(
        {
            "@type": page.schema_type,
            "headline": page.title,
            "description": page.summary_text,
            "url": url,
            "inLanguage": language_tag(site_context.language),
            "datePublished": _iso(page.first_published_at),
            "dateModified": _iso(page.last_published_at),
            "image": image_url,
            # A person or an office: the page does not say which.
            "author": {"name": page.author_text} if page.author_text else "",
            "creditText": page.source_text,
            "publisher": _organiser(site_context),
        }
    )


def _breadcrumbs(page: BasePage, request: HttpRequest) -> Node:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": each.title,
                "item": each.get_full_url(request),
            }
            for position, each in enumerate([*breadcrumb_trail(page), page], start=1)
        ],
    }


def _organiser_id(site_context: SiteContext) -> str:
    return f"{site_context.site.root_url}/#organiser"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}

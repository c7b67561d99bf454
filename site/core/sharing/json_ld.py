"""What a page says about itself in the vocabulary of schema.org (JSON-LD).

A block of data, never run; what people have typed in it cannot end it.
"""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.display.languages import tag_of, trail_of
from core.display.site_context import SiteContext
from core.models import BasePage

# In a script element only these can end it or begin a comment; JSON reads both spellings alike.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def json_ld_script(things: list[dict]) -> SafeString:
    """The script element that holds `things`; nothing at all without any."""
    if not things:
        return SafeString()
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    data = mark_safe(text.translate(ESCAPED))  # noqa: S308 - nothing in it can end the element
    return format_html('<script type="application/ld+json">{}</script>', data)


def json_ld_of(
    page: BasePage, frame: SiteContext, request, address: str, image: str = ""
) -> list[dict]:
    """The site and its organiser on the home page; elsewhere the way to it, and a news item."""
    if page.pk == frame.home.pk:
        return [_site(frame, address), _organiser(frame)]
    found = [_breadcrumbs(page, request)]
    if page.linked_type:
        found.append(_article(page, frame, address, image))
    return found


def _site(frame: SiteContext, address: str) -> dict:
    return {
        "@type": "WebSite",
        "name": frame.home.title,
        "url": address,
        "inLanguage": tag_of(frame.language),
        "publisher": {"@id": _organiser_id(frame)},
    }


def _organiser(frame: SiteContext) -> dict:
    home = frame.home
    return _filled(
        {
            "@type": "Organization",
            "@id": _organiser_id(frame),
            "name": getattr(home, "committee", "") or home.title,
            "url": frame.site.root_url,
            "address": getattr(home, "address", ""),
            "telephone": getattr(home, "phone", ""),
            "email": getattr(home, "email", ""),
        }
    )


def _article(page: BasePage, frame: SiteContext, address: str, image: str) -> dict:
    return _filled(
        {
            "@type": page.linked_type,
            "headline": page.title,
            "description": page.summary_text,
            "url": address,
            "inLanguage": tag_of(frame.language),
            "datePublished": _moment(page.first_published_at),
            "dateModified": _moment(page.last_published_at),
            "image": image,
            # A person or an office: the page does not say which.
            "author": {"name": page.author_text} if page.author_text else "",
            "creditText": page.source_text,
            "publisher": _organiser(frame),
        }
    )


def _breadcrumbs(page: BasePage, request) -> dict:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": step.title,
                "item": step.get_full_url(request),
            }
            for number, step in enumerate([*trail_of(page), page], start=1)
        ],
    }


def _organiser_id(frame: SiteContext) -> str:
    return f"{frame.site.root_url}/#organiser"


def _moment(time) -> str:
    return time.isoformat() if time else ""


def _filled(thing: dict) -> dict:
    return {name: value for name, value in thing.items() if value}

"""Slugs that a page below a home page may not have: the site itself answers at that address."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.tree import HOME_DEPTH

RESERVED = _("The site itself answers at “%(slug)s” below the home page. Choose another address.")
FIRST_SEGMENT = re.compile(r"\^?([\w-]+)(?:/|$)")


def is_reserved(slug: str, parent: Page | None) -> bool:
    """Return whether the site answers at the address that `slug` would have below `parent`."""
    return parent is not None and parent.depth == HOME_DEPTH and slug in reserved_segments()


@cache
def reserved_segments() -> frozenset[str]:
    """Return the first segments of all URL patterns: `report`, `feed`, `en` …"""
    routes = [*_routes(get_resolver()), settings.STATIC_URL, settings.MEDIA_URL]
    matches = (FIRST_SEGMENT.match(route.lstrip("/")) for route in routes)
    return frozenset(match[1] for match in matches if match) | {*dict(settings.LANGUAGES)}


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        # The prefix of a language depends on the active language.
        is_prefix = isinstance(pattern.pattern, LocalePrefixPattern)
        route = prefix + ("" if is_prefix else str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, route)
        else:
            yield route

"""Addresses the site itself answers: a page directly below a home page would never be reached."""

import re
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.translation import gettext_lazy as _

from core.tree import HOME_DEPTH

TAKEN = _("The site itself answers at “%(slug)s” below the home page. Choose another address.")
FIRST_SEGMENT = re.compile(r"\^?([\w-]+)(?:/|$)")


def is_taken(slug: str, parent) -> bool:
    """Whether the site answers at the address which `slug` would have below `parent`."""
    return parent is not None and parent.depth == HOME_DEPTH and slug in own_segments()


@cache
def own_segments() -> frozenset[str]:
    """First words of all fixed addresses: `report`, `feed`, `en` …"""
    fixed = [*_routes(get_resolver()), settings.STATIC_URL, settings.MEDIA_URL]
    found = (FIRST_SEGMENT.match(route.lstrip("/")) for route in fixed)
    return frozenset(match[1] for match in found if match) | {*dict(settings.LANGUAGES)}


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        # A language's prefix is another one at another time.
        own = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, prefix + own)
        else:
            yield prefix + own

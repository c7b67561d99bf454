"""The address of the page that a report is about: a path of this site and nothing else."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404
from django.utils import translation
from wagtail.models import Page

LONGEST = 300
# What is no page of the site.
NO_PAGES = ("/admin/", "/report/", "/leave/")


def own_path(address: str, host: str) -> str:
    """The path of `address` if it lies on this site, without its query; else empty.

    A reader may paste what stands in the browser's address bar: `host` is ours.
    """
    address = address.strip()
    if not address.isprintable() or "\\" in address or len(address) > 2 * LONGEST:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    ours = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    if (parts.scheme or parts.netloc) and not ours:
        return ""
    path = parts.path or ("/" if ours else "")
    plain = path.startswith("/") and not path.startswith("//") and len(path) <= LONGEST
    return path if plain and not _split(path)[1].startswith(NO_PAGES) else ""


def page_at(path: str, district_key) -> Page | None:
    """The public page of the district at this path; None if there is none (any more)."""
    language, rest = _split(path)
    homes = Page.objects.filter(translation_key=district_key, locale__language_code=language)
    home = homes.first()
    try:
        parts = [part for part in unquote(rest).split("/") if part]
        return home.specific.route(None, parts)[0] if home and path else None
    except Http404:
        return None


def _split(path: str) -> tuple[str, str]:
    """The language of a path and what follows its prefix."""
    language = translation.get_language_from_path(path)
    if language and path.startswith(f"/{language}"):
        return language, path.removeprefix(f"/{language}")
    return settings.LANGUAGE_CODE, path

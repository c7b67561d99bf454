"""The address of the page that a report is about: a path of this site and nothing else."""

from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils import translation
from wagtail.models import Page

MAX_LENGTH = 300
# Prefixes of addresses that are no pages.
OTHER_VIEWS = ("/admin/", "/report/", "/leave/")


def own_path(address: str, host: str) -> str:
    """Return the path of `address` without its query, or "" if it is no page of this site.

    A reader may paste the browser's whole address; `host` is the one of this site.
    """
    address = address.strip()
    if not address.isprintable() or "\\" in address or len(address) > 2 * MAX_LENGTH:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_own_host = parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
    if (parts.scheme or parts.netloc) and not is_own_host:
        return ""
    path = parts.path or ("/" if is_own_host else "")
    is_plain = path.startswith("/") and not path.startswith("//") and len(path) <= MAX_LENGTH
    is_plain = is_plain and unquote(path).isprintable()
    return path if is_plain and not _split(path)[1].startswith(OTHER_VIEWS) else ""


def page_at(path: str, district_key: UUID) -> Page | None:
    """Return the public page of the district at this path; None if there is none (any more)."""
    language, rest = _split(path)
    home = Page.objects.filter(translation_key=district_key, locale__language_code=language).first()
    try:
        components = [part for part in unquote(rest).split("/") if part]
        return home.specific.route(None, components)[0] if home and path else None
    except Http404:
        return None


def _split(path: str) -> tuple[str, str]:
    """Return the language of a path and what follows its prefix."""
    language = translation.get_language_from_path(path)
    if language and path.startswith(f"/{language}"):
        return language, path.removeprefix(f"/{language}")
    return settings.LANGUAGE_CODE, path

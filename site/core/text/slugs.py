"""Slugs of pages: made from the title, unique among siblings."""

from collections.abc import Iterator
from itertools import count

from wagtail.models import Page

from core.text import reserved_slugs
from core.text.pinyin import pinyin_slug

MAX_LENGTH = 60


def free_slug(title: str, parent: Page | None, page: Page | None = None) -> str:
    """Return an ASCII slug of at most `MAX_LENGTH` characters for a child of `parent`.

    It ends in a number where a sibling other than `page` has it already, and in "page" where the
    site itself answers at that address.
    """
    candidates = _candidates(title, parent)
    return next(slug for slug in candidates if Page._slug_is_available(slug, parent, page))


def _candidates(title: str, parent: Page | None) -> Iterator[str]:
    """Yield slugs for the title without end, the shortest first."""
    for number in count(1):
        suffix = "" if number == 1 else f"-{number}"
        slug = pinyin_slug(title, MAX_LENGTH - len(suffix)) + suffix
        if reserved_slugs.is_reserved(slug, parent):
            suffix = f"-page{suffix}"
            slug = pinyin_slug(title, MAX_LENGTH - len(suffix)) + suffix
        yield slug

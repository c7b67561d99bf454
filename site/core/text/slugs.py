"""The last part of a page's address: from its title, free beside its siblings."""

from collections.abc import Iterator
from itertools import count

from wagtail.models import Page

from core.text import reserved_slugs
from core.text.pinyin import pinyin_slug

LIMIT = 60


def free_slug(title: str, parent: Page | None, page: Page | None = None) -> str:
    """An ASCII slug of at most `LIMIT` characters for a child of `parent`; never empty.

    A number follows where a sibling other than `page` has it already, "page" where the site itself
    answers at that address.
    """
    free = (slug for slug in _wanted(title, parent) if Page._slug_is_available(slug, parent, page))
    return next(free)


def _wanted(title: str, parent: Page | None) -> Iterator[str]:
    """Slugs for the title, the nicest first, without end."""
    for number in count(1):
        suffix = "" if number == 1 else f"-{number}"
        slug = pinyin_slug(title, LIMIT - len(suffix)) + suffix
        if reserved_slugs.is_taken(slug, parent):
            slug = pinyin_slug(title, LIMIT - len("-page") - len(suffix)) + "-page" + suffix
        yield slug

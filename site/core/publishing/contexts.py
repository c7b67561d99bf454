"""The contexts in which what readers see may change; everything else is refused at the write.

`publication` opens `publishing`, corrections open `correcting`, changes by two people
`confirmed_change`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import Page

_page_being_published: ContextVar[int | None] = ContextVar("page_being_published", default=None)
_page_being_corrected: ContextVar[int | None] = ContextVar("page_being_corrected", default=None)
_change_confirmed: ContextVar[bool] = ContextVar("change_confirmed", default=False)


@contextmanager
def publishing(page: Page) -> Iterator[None]:
    """Let the public state of this one page (and no other) change inside the block."""
    token = _page_being_published.set(page.pk)
    try:
        yield
    finally:
        _page_being_published.reset(token)


@contextmanager
def correcting(page: Page) -> Iterator[None]:
    """Let a reviewer save a new version of this page while it waits for a decision."""
    token = _page_being_corrected.set(page.pk)
    try:
        yield
    finally:
        _page_being_corrected.reset(token)


@contextmanager
def confirmed_change() -> Iterator[None]:
    """Let settings that readers see (sites, redirects, restrictions) change inside the block."""
    token = _change_confirmed.set(True)
    try:
        yield
    finally:
        _change_confirmed.reset(token)


def is_confirmed_change() -> bool:
    """Return whether a change of what readers see, other than a page's text, was confirmed."""
    return _change_confirmed.get()


def is_correcting(page_id: int) -> bool:
    """Return whether a reviewer is saving a correction of this page."""
    return _page_being_corrected.get() == page_id


def is_publishing(page_id: int | str) -> bool:
    """Return whether `publication` is publishing or withdrawing this page."""
    return str(_page_being_published.get()) == str(page_id)

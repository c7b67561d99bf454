"""Refusals: why a write or an act does not happen, in sentences for the person who tried."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

_collected: ContextVar[list[str] | None] = ContextVar("collected_refusals", default=None)


class PublishingRefused(PermissionDenied):
    """A write would have changed what the public sees without passing review."""

    def __init__(self, *args: object):
        super().__init__(*args)
        collected = _collected.get()
        if collected is not None:
            collected.append(str(self))


class Refused(PublishingRefused):
    """An act is refused, with all its reasons in sentences for the person who tried."""

    def __init__(self, reasons: Iterable[str | Promise]):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


@contextmanager
def collect_refusals() -> Iterator[list[str]]:
    """Collect the message of every refusal inside the block.

    Wagtail's admin answers each PermissionDenied with the same sentence and drops the reason.
    """
    messages: list[str] = []
    token = _collected.set(messages)
    try:
        yield messages
    finally:
        _collected.reset(token)

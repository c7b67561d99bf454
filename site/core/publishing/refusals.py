"""Refusals: why a write or an act does not happen, in sentences for the person who tried."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied

_heard: ContextVar[list[str] | None] = ContextVar("refusals_heard", default=None)


class PublishingRefused(PermissionDenied):
    """A write would have changed what the public sees without passing the gate."""

    def __init__(self, *args):
        super().__init__(*args)
        heard = _heard.get()
        if heard is not None:
            heard.append(str(self))


class Refused(PublishingRefused):
    """The gate's answer, with its reasons in words for the person who decides."""

    def __init__(self, reasons: list[str]):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


@contextmanager
def collect_refusals() -> Iterator[list[str]]:
    """Collect the words of every refusal inside the block.

    Wagtail's admin answers each PermissionDenied with the same sentence and drops the reason.
    """
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)

"""Messages that several admin screens show."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages


def show_errors(request: HttpRequest, errors: Iterable[str]) -> None:
    """Show each error as a message of its own."""
    for error in errors:
        messages.error(request, error)


def show_unsaved_text(request: HttpRequest, text: str) -> None:
    """Show the text that somebody typed and that was not saved; nothing if it is blank."""
    if text.strip():
        messages.info(request, _("You had written: %(words)s") % {"words": text.strip()})

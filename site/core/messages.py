"""What several screens answer alike."""

from django.utils.translation import gettext as _
from wagtail.admin import messages


def show_errors(request, reasons) -> None:
    """Show each reason why something was refused as a message of its own."""
    for reason in reasons:
        messages.error(request, reason)


def show_unsaved_text(request, words: str) -> None:
    """Show somebody the words that they typed and that were not saved."""
    if words.strip():
        messages.info(request, _("You had written: %(words)s") % {"words": words.strip()})

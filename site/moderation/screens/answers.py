"""What several screens answer alike."""

from wagtail.admin import messages


def say(request, reasons) -> None:
    """Show each reason why something was refused as a message of its own."""
    for reason in reasons:
        messages.error(request, reason)

"""Whether a page shows a message in the language of the admin."""

from html import unescape

from django.utils import translation


def in_chinese(message) -> str:
    """Return a lazy message as the admin shows it."""
    with translation.override("zh-hans"):
        return str(message)


def is_shown(html: str, message) -> bool:
    """Whether the page shows the message."""
    return in_chinese(message) in unescape(html)

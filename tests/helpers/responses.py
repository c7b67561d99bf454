"""What a person reads in a response: its page, and the messages that go with it."""

from html import unescape

from django.contrib.messages import get_messages
from django.http import HttpResponse


def html_of(response: HttpResponse) -> str:
    """The page, with the characters that HTML escapes; it must have been found."""
    assert response.status_code == 200
    return unescape(response.content.decode())


def message_texts(response: HttpResponse) -> list[str]:
    """The messages that the response shows, or leaves for the next screen."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def messages_of(response: HttpResponse) -> str:
    """All messages in one text, with the characters that HTML escapes."""
    return unescape(" ".join(message_texts(response)))

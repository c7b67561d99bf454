"""Requests with a null character, which no address has."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NullCharacterMiddleware:
    """Answer 400 where the path holds a null character.

    PostgreSQL stores none and would answer any look-up with an error. In a query or a post, forms
    refuse it themselves, with a message at the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise BadRequest("null character")
        return self.get_response(request)

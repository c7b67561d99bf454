"""Requests with a null character, which no address has."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NullCharacterMiddleware:
    """Answer 400 where the path or the query holds a null character.

    PostgreSQL stores none and would answer any look-up with an error. Forms refuse it themselves,
    with a message at the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_query = "%00" in request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or (in_query and request.path.startswith("/admin/")):
            raise BadRequest("null character")
        return self.get_response(request)

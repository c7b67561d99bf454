"""Requests of the admin: Wagtail lets nobody in who has not signed in."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.log_actions import get_active_log_context

from accounts.models import User

AnyUser: TypeAlias = User | AnonymousUser


class AdminRequest(HttpRequest):
    """A request of somebody who is signed in, for type annotations."""

    user: User


def acting_user() -> User | None:
    """Return who works in the admin right now; None for commands and the worker."""
    user: User | None = get_active_log_context().user
    return user if user is not None and user.pk else None

"""Requests of the admin: Wagtail lets nobody in who has not signed in."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User

AnyUser: TypeAlias = User | AnonymousUser


class AdminRequest(HttpRequest):
    """A request of somebody who is signed in, for type annotations."""

    user: User

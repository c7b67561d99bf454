"""Requests of the admin: Wagtail lets nobody in who has not signed in."""

from django.http import HttpRequest

from accounts.models import User


class AdminRequest(HttpRequest):
    """A request of somebody who is signed in, for type annotations."""

    user: User

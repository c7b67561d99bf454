"""URLs of the inbox, and its menu item with the number of unread messages."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.models import User
from core.admin_menu import CountedMenuItem
from notifications import views
from notifications.models import Notice


@hooks.register("register_admin_urls")
def register_inbox_urls() -> list[URLPattern]:
    """Register the list of messages, and the way through a message to what it is about."""
    return [
        path("inbox/", views.InboxView.as_view(), name="notifications_inbox"),
        path("inbox/<int:notice_id>/", views.open_notice_view, name="notifications_open"),
    ]


class InboxMenuItem(CountedMenuItem):
    """The inbox, with the number of unread messages."""

    def count(self, request: HttpRequest) -> int:
        """Return how many messages of this person are unread."""
        user = cast("User", request.user)
        return Notice.objects.filter(user_id=user.pk, read_at=None).count()


@hooks.register("register_admin_menu_item")
def register_inbox_menu_item() -> InboxMenuItem:
    """Put the inbox near the top of the main menu."""
    url = reverse_lazy("notifications_inbox")
    return InboxMenuItem(_("Messages"), url, name="inbox", icon_name="mail", order=20)

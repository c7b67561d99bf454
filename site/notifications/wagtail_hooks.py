"""The inbox in the menu, with the number of unread messages."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import CountedMenuItem
from notifications import views
from notifications.models import Notice


@hooks.register("register_admin_urls")
def register_inbox_urls():
    """The list of messages, and the way through a message to what it is about."""
    return [
        path("inbox/", views.inbox_view, name="notifications_inbox"),
        path("inbox/<int:notice_id>/", views.open_notice_view, name="notifications_open"),
    ]


class InboxMenuItem(CountedMenuItem):
    """How many messages are unread."""

    def count(self, request):
        return Notice.objects.filter(user_id=request.user.pk, read_at=None).count()


@hooks.register("register_admin_menu_item")
def register_inbox_menu_item():
    """Near the top: it says what there is to do."""
    url = reverse_lazy("notifications_inbox")
    return InboxMenuItem(_("Messages"), url, name="inbox", icon_name="mail", order=20)

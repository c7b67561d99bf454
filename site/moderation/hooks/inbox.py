"""The inbox in the menu, with the number of unread messages."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from moderation.models.notices import Notice
from moderation.screens import inbox


@hooks.register("register_admin_urls")
def register_inbox_urls():
    """The list of messages, and the way through a message to what it is about."""
    return [
        path("inbox/", inbox.inbox, name="moderation_inbox"),
        path("inbox/<int:notice_id>/", inbox.open_notice, name="moderation_notice"),
    ]


class InboxMenuItem(MenuItem):
    """Shows how many messages are unread; one query."""

    def render_component(self, request):
        """The entry; Wagtail keeps `self` for all requests, so the number stays out of it."""
        unread = Notice.objects.filter(user_id=request.user.pk, read_at=None).count()
        label = f"{self.label} ({unread})" if unread else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def register_inbox_menu_item():
    """Near the top: it says what there is to do."""
    url = reverse_lazy("moderation_inbox")
    return InboxMenuItem(_("Messages"), url, name="inbox", icon_name="mail", order=20)

"""The queue in the menu and on the first screen, in place of Wagtail's own unbounded panels."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from desk import batch
from desk import queue as screens
from desk.panels import MineInReviewPanel, QueuePanel
from moderation import queue

# Wagtail asks each task for each waiting item: 15 to 31 s with 5,000 of them.
UNBOUNDED = (
    WorkflowObjectsToModeratePanel,
    UserObjectsInWorkflowModerationPanel,
    LockedPagesPanel,
)


@hooks.register("register_admin_urls")
def register_queue_urls():
    """The list, and approving several of it."""
    return [
        path("queue/", screens.show, name="desk_queue"),
        path("queue/approve/", batch.approve, name="desk_batch"),
    ]


class QueueMenuItem(MenuItem):
    """Shows how many items wait for this person."""

    def is_shown(self, request):
        return screens.may_see_queue(request.user)

    def render_component(self, request):
        """The entry; Wagtail keeps `self` for all requests, so the number stays out of it."""
        waiting = queue.waiting_count(request.user)
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def register_queue_menu_item():
    """First of all entries."""
    url = reverse_lazy("desk_queue")
    return QueueMenuItem(_("Review queue"), url, name="queue", icon_name="list-ul", order=10)


@hooks.register("construct_homepage_panels", order=1000)
def show_the_queue_first(request, panels):
    """Ours instead of Wagtail's."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UNBOUNDED)]
    panels += [QueuePanel(), MineInReviewPanel()]

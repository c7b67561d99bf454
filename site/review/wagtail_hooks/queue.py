"""The review queue in the menu and on the first screen."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.admin_menu import CountedMenuItem
from core.requests import AdminRequest
from review import permissions, queue
from review.panels import OwnItemsPanel, QueuePanel, ReturnedPanel
from review.views import batch
from review.views import queue as queue_views


@hooks.register("register_admin_urls")
def register_queue_urls() -> list[URLPattern]:
    """Return the list, and approving several of it."""
    return [
        path("queue/", queue_views.queue_view, name="review_queue"),
        path("queue/approve/", batch.batch_view, name="review_batch"),
    ]


class QueueMenuItem(CountedMenuItem):
    """How many items wait for this person."""

    def is_shown(self, request: AdminRequest) -> bool:
        return permissions.may_see_queue(request.user)

    def count(self, request: HttpRequest) -> int:
        return queue.waiting_count(cast(AdminRequest, request).user)


@hooks.register("register_admin_menu_item")
def register_queue_menu_item() -> QueueMenuItem:
    """Return the first of all menu items."""
    url = reverse_lazy("review_queue")
    return QueueMenuItem(_("Review queue"), url, name="queue", icon_name="list-ul", order=10)


@hooks.register("register_desk_panel")
def show_queue(request: HttpRequest) -> Component:
    """Return the panel of what waits for this person."""
    return QueuePanel()


@hooks.register("register_desk_panel")
def show_returned_items(request: HttpRequest) -> Component:
    """Return the panel of what was returned: what the editor has to do next."""
    return ReturnedPanel()


@hooks.register("register_desk_panel")
def show_own_items(request: HttpRequest) -> Component:
    """Return the panel of what this person submitted and others decide on now."""
    return OwnItemsPanel()

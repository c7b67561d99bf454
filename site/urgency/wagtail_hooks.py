"""Urgent items, and the checks that they owe once they are public."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState

from core.admin_menu import CountedMenuItem
from core.requests import AdminRequest
from publication.urgent_items import is_urgent
from review.permissions import may_see_queue
from urgency import domain, permissions, views


@hooks.register("register_admin_urls")
def register_urgent_urls() -> list[URLPattern]:
    """Return where items are marked urgent, and the list of checks owed."""
    return [
        path("review/<int:task_state_id>/urgent/", views.mark_urgent_view, name="urgency_mark"),
        path("review/checks/", views.checks_view, name="urgency_checks"),
    ]


@hooks.register("register_decision_buttons")
def register_mark_urgent_button(
    request: AdminRequest, task_state: TaskState, page: Page
) -> list[Button]:
    """Return the button of the committee, for an item that is not urgent yet."""
    workflow_state = task_state.workflow_state
    if is_urgent(workflow_state) or not permissions.may_mark_urgent(request.user, page):
        return []
    url = reverse("urgency_mark", args=[task_state.pk])
    classname = "button button-secondary button-small"
    return [Button(_("Mark as urgent…"), url, classname=classname, icon_name="warning")]


class ChecksMenuItem(CountedMenuItem):
    """Shown to who may check an item, or oversees its check; the number is this person's."""

    def is_shown(self, request: AdminRequest) -> bool:
        user = request.user
        if not may_see_queue(user) or not domain.owed_checks().exists():
            return False
        return domain.checks_overseen_by(user).exists() or bool(domain.open_checks_for(user))

    def count(self, request: HttpRequest) -> int:
        return len(domain.open_checks_for(cast(AdminRequest, request).user))


@hooks.register("register_admin_menu_item")
def register_checks_menu_item() -> ChecksMenuItem:
    """Return the menu item below the queue."""
    url = reverse_lazy("urgency_checks")
    return ChecksMenuItem(
        _("Urgent items to check"), url, name="checks", icon_name="warning", order=15
    )

"""Urgent items, and the checks that they owe once they are public."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import CountedMenuItem
from review import permissions
from review.domain import urgency
from review.requests import AdminRequest
from review.views import urgent as urgent_views


@hooks.register("register_admin_urls")
def register_urgent_urls() -> list[URLPattern]:
    """Return where items are marked urgent, and the list of checks owed."""
    return [
        path(
            "review/<int:task_state_id>/urgent/",
            urgent_views.mark_urgent_view,
            name="review_mark_urgent",
        ),
        path("review/checks/", urgent_views.checks_view, name="review_post_publication_checks"),
    ]


class ChecksMenuItem(CountedMenuItem):
    """Shown only while an urgent item owes its check; the number is this person's."""

    def is_shown(self, request: AdminRequest) -> bool:
        return permissions.may_see_queue(request.user) and urgency.owed_checks().exists()

    def count(self, request: HttpRequest) -> int:
        return len(urgency.open_checks_for(cast(AdminRequest, request).user))


@hooks.register("register_admin_menu_item")
def register_checks_menu_item() -> ChecksMenuItem:
    """Return the menu item below the queue."""
    url = reverse_lazy("review_post_publication_checks")
    return ChecksMenuItem(_("Checks owed"), url, name="checks", icon_name="warning", order=15)

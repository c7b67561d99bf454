"""What the admin's first screen says about review."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from accounts.models import User
from core.tree import below_paths, workflow_states_of
from review import permissions, queue
from review.models.queue import QueueItem
from review.queue_rows import rows_of

ROWS = 20


class ReturnedPanel(Component):
    """The pages this person may write that came back, with the words they came back with."""

    name = "returned"
    order = 90
    template_name = "review/returned_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"returned": returned_to(parent_context["request"].user)}


def returned_to(user: User) -> list[dict]:
    """Return the newest returned pages in the branches of the tree where `user` writes.

    Each row: `page` (specific), `task_state` with the comment and who wrote it.
    """
    # Asked once in a request: Wagtail's menu needs the same rows.
    granted = page_permission_policy.get_cached_permissions_for_user(user)
    paths = {row.page.path for row in granted if row.permission.codename == "change_page"}
    states = (
        workflow_states_of(Page.objects.filter(below_paths(paths)))
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        .select_related("current_task_state__finished_by", "current_task_state__task")
        .order_by("-current_task_state__finished_at")[:ROWS]
    )
    pages = Page.objects.specific().in_bulk([int(state.object_id) for state in states])
    return [
        {"page": pages[int(state.object_id)], "task_state": state.current_task_state}
        for state in states
        if pages[int(state.object_id)].permissions_for_user(user).can_edit()
    ]


class QueuePanel(Component):
    """The first items that wait for this person, and how many there are."""

    name = "queue"
    order = 80
    template_name = "review/queue_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        items = queue.waiting_for(user)
        return {
            "rows": rows_of(items.select_related("kind")[:ROWS], user),
            "total": queue.waiting_count(user),
            "shown": permissions.may_see_queue(user),
        }


class OwnItemsPanel(Component):
    """What this person submitted or owns and others decide on now, the oldest first."""

    name = "mine_in_review"
    order = 100
    template_name = "review/own_items_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        # Lists of keys: a subquery for each waiting item would be asked thousands of times.
        submitted = WorkflowState.objects.filter(
            requested_by=user, status=WorkflowState.STATUS_IN_PROGRESS
        )
        owned = Page.objects.filter(owner=user)
        mine = Q(workflow_state__in=submitted) | Q(page_id__in=owned.values("pk"))
        items = list(QueueItem.objects.filter(mine).order_by("submitted_at", "pk")[: ROWS + 1])
        return {"items": items[:ROWS], "more": len(items) > ROWS, "rows": ROWS}

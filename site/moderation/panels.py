"""What the admin's first screen says about review."""

from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from core.tree import descendants_q
from moderation.places import submissions_of

ROWS = 20


class ReturnedPanel(Component):
    """The pages this person may write that came back, with the words they came back with."""

    name = "returned"
    order = 90
    template_name = "moderation/returned_panel.html"

    def get_context_data(self, parent_context):
        return {"returned": returned_to(parent_context["request"].user)}


def returned_to(user) -> list[dict]:
    """The newest returned pages in the branches of the tree where `user` writes.

    Each row: `page` (specific), `task_state` with the comment and who wrote it.
    """
    # Asked once in a request: Wagtail's menu needs the same rows.
    held = page_permission_policy.get_cached_permissions_for_user(user)
    paths = {row.page.path for row in held if row.permission.codename == "change_page"}
    states = (
        submissions_of(Page.objects.filter(descendants_q(paths)))
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        .select_related("current_task_state__finished_by", "current_task_state__task")
        .order_by("-current_task_state__finished_at")[:ROWS]
    )
    found = Page.objects.specific().in_bulk([int(state.object_id) for state in states])
    return [
        {"page": found[int(state.object_id)], "task_state": state.current_task_state}
        for state in states
        if found[int(state.object_id)].permissions_for_user(user).can_edit()
    ]

"""The queue on the admin's first screen: what waits for me, and what of mine waits for others."""

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from desk.queue import may_see_queue
from desk.rows import rows_of
from moderation import queue
from moderation.models import QueueItem

ROWS = 20


class QueuePanel(Component):
    """The first items that wait for this person, and how many there are."""

    name = "queue"
    order = 80
    template_name = "desk/queue_panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        items = queue.waiting_for(user)
        return {
            "rows": rows_of(items.select_related("kind")[:ROWS], user),
            "total": queue.waiting_count(user),
            "shown": may_see_queue(user),
        }


class MineInReviewPanel(Component):
    """What this person submitted or owns and others decide on now, the oldest first."""

    name = "mine_in_review"
    order = 100
    template_name = "desk/mine_panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        # Lists of keys: a subquery for each waiting item would be asked thousands of times.
        submitted = WorkflowState.objects.filter(
            requested_by=user, status=WorkflowState.STATUS_IN_PROGRESS
        )
        owned = Page.objects.filter(owner=user)
        mine = Q(workflow_state__in=submitted) | Q(page_id__in=owned.values("pk"))
        items = list(QueueItem.objects.filter(mine).order_by("submitted_at", "pk")[: ROWS + 1])
        return {"items": items[:ROWS], "more": len(items) > ROWS, "rows": ROWS}

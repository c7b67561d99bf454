"""The queue on the admin's first screen."""

from wagtail.admin.ui.components import Component

from desk.queue import may_see_queue
from desk.rows import rows_of
from moderation import queue

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

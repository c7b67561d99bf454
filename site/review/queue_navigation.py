"""From one item of the queue to the next, without the list in between."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from core.requests import AdminRequest
from review import queue
from review.models.queue import QueueItem
from review.queue_filter import QueueFilter


@dataclass(frozen=True)
class QueuePosition:
    """Where an item stands in the queue that its reader has filtered."""

    previous: str
    next: str
    number: int
    total: int
    back: str


def position_of(request: AdminRequest, item: QueueItem | None) -> QueuePosition:
    """Return the items before and after `item`; of one that waits no more, the first is next."""
    waiting = queue.waiting_for(request.user)
    form = QueueFilter(request.GET, items=waiting)
    items, query = form.filter_entries(waiting), form.query_string()
    back = with_query(reverse("review_queue"), query)
    if item is None:
        return QueuePosition("", decision_url(items.first(), query), 0, items.count(), back)
    earlier = Q(submitted_at__lt=item.submitted_at) | Q(
        submitted_at=item.submitted_at, pk__lt=item.pk
    )
    counts = items.aggregate(
        total=Count("pk"),
        before=Count("pk", filter=earlier),
        own=Count("pk", filter=Q(pk=item.pk)),
    )
    total, before, own = counts["total"], counts["before"], counts["own"]
    others = items.exclude(pk=item.pk).order_by("submitted_at", "pk")
    previous = others.filter(earlier).last() if before else None
    following = others.exclude(earlier).first() if total - own > before else None
    if following is None and before:
        # After the last one the round begins anew.
        following = others.first()
    return QueuePosition(
        decision_url(previous, query),
        decision_url(following, query),
        before + 1 if own else 0,
        total,
        back,
    )


def decision_url(item: QueueItem | None, query: str) -> str:
    """Return the decision screen of `item` within the filtered queue; empty if there is none."""
    return with_query(reverse("review_decide", args=[item.pk]), query) if item else ""


def with_query(address: str, query: str) -> str:
    """Return `address` with a query string, if there is one."""
    return f"{address}?{query}" if query else address

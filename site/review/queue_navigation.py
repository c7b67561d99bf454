"""The way through the queue, from one item to the next without the list in between."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse

from review import queue
from review.models.queue import QueueItem


@dataclass(frozen=True)
class QueuePosition:
    """Where an item stands in the queue that its reader has filtered."""

    previous: str
    next: str
    number: int
    total: int
    back: str


def filtered(request) -> tuple:
    """The items that wait for this person as they filtered them, and the filter's query string."""
    items = queue.waiting_for(request.user)
    try:
        from review.queue_filter import QueueFilter
    except ImportError:
        return items, ""
    chosen = QueueFilter(request.GET)
    return chosen.apply(items), chosen.query_string()


def position_of(request, item: QueueItem | None) -> QueuePosition:
    """The neighbours of `item`; of an item that waits no more, the first one is next."""
    items, query = filtered(request)
    back = with_query(queue_url(), query)
    if item is None:
        first = items.first()
        return QueuePosition("", decision_url(first, query), 0, items.count(), back)
    earlier = Q(submitted_at__lt=item.submitted_at) | Q(
        submitted_at=item.submitted_at, pk__lt=item.pk
    )
    counted = items.aggregate(
        total=Count("pk"),
        before=Count("pk", filter=earlier),
        mine=Count("pk", filter=Q(pk=item.pk)),
    )
    total, before = counted["total"], counted["before"]
    others = items.exclude(pk=item.pk).order_by("submitted_at", "pk")
    last = others.filter(earlier).last() if before else None
    following = others.exclude(earlier).first() if total - counted["mine"] > before else None
    if following is None and before:
        # After the last one the round begins anew.
        following = others.first()
    number = before + 1 if counted["mine"] else 0
    return QueuePosition(
        decision_url(last, query), decision_url(following, query), number, total, back
    )


def decision_url(item: QueueItem | None, query: str) -> str:
    """The decision screen of `item` within the filtered queue; empty if there is none."""
    return with_query(reverse("review_decide", args=[item.pk]), query) if item else ""


def queue_url() -> str:
    """The queue, or the admin's first screen where there is none."""
    try:
        return reverse("review_queue")
    except NoReverseMatch:
        return reverse("wagtailadmin_home")


def with_query(address: str, query: str) -> str:
    """`address` with a query string, if there is one."""
    return f"{address}?{query}" if query else address

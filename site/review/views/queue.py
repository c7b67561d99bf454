"""The queue: what waits for me, what I decided, what is in review at all."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import RecordEntry
from core.listing import paginate
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.requests import AdminRequest
from review import permissions, queue
from review.forms import TABS, TabForm
from review.queue_filter import QueueFilter
from review.queue_rows import rows_of, set_exclusions

PAGE_SIZE = 20
# Tab → kind of entry on the record.
DECISION_TABS = {"approved": RecordEntry.Kind.APPROVAL, "returned": RecordEntry.Kind.RETURN}


def queue_view(request: AdminRequest) -> HttpResponse:
    """Show the list, narrowed by its filter; nothing is decided here.

    Raises:
        Refused: this person reviews nothing.
    """
    require_queue(request)
    tab = TabForm(request.GET).chosen_tab()
    counts = tab_counts(request.user)
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, label in TABS],
    }
    if tab in DECISION_TABS:
        entries = decided_by(request.user, DECISION_TABS[tab])
        page = paginate(entries.order_by("-pk"), request.GET.get("p"), PAGE_SIZE)
        context |= {"page": page, "page_query": page_query(tab)}
        return render(request, "review/decided_by_me.html", context)
    user = request.user
    items = queue.waiting_for(user) if tab == "mine" else queue.items_visible_to(user)
    form = QueueFilter(request.GET, items=items)
    form.set_choices_from_items()
    matching = form.filter_entries(items).select_related("kind")
    count = None if form.is_narrowed else counts[tab]
    page = paginate(matching, request.GET.get("p"), PAGE_SIZE, count)
    rows = rows_of(page.object_list, user)
    if tab == "all":
        set_exclusions(rows, user)
    context |= {
        "form": form,
        "rows": rows,
        "page": page,
        "query": form.query_string(),
        "page_query": page_query(tab, form.query_string()),
        "oldest": rows[0] if rows and page.number == 1 else None,
        "some_may_be_ticked": tab == "mine" and any(row.may_be_ticked for row in rows),
        "others_in_review": tab == "mine" and counts["all"],
    }
    return render(request, "review/queue.html", context)


def require_queue(request: AdminRequest, unsaved_text: str = "") -> None:
    """Raise Refused for somebody who reviews nothing; what they typed is shown to them."""
    if not permissions.may_see_queue(request.user):
        show_unsaved_text(request, unsaved_text)
        raise Refused(
            [
                _(
                    "The queue is for reviewers; you are none, or no longer. "
                    "Who reviews is set by the administrator."
                )
            ]
        )


def page_query(tab: str, query: str = "") -> str:
    """Return the query string that leads to other pages of the same list."""
    return "&".join(part for part in (urlencode({"tab": tab}), query) if part)


def decided_by(user: User, kind: RecordEntry.Kind) -> QuerySet[RecordEntry]:
    """Return what this person approved or returned, by the record."""
    return RecordEntry.objects.filter(user_id=user.pk, kind=kind)


def tab_counts(user: User) -> dict[str, int]:
    """Return tab → how many rows it has."""
    entries = RecordEntry.objects.filter(user_id=user.pk, kind__in=DECISION_TABS.values())
    numbers = dict(entries.order_by().values_list("kind").annotate(Count("pk")))
    return {tab: numbers.get(kind, 0) for tab, kind in DECISION_TABS.items()} | {
        "mine": queue.waiting_count(user),
        "all": queue.items_visible_to(user).count(),
    }

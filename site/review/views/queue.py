"""The screens of the queue: what waits for me, what I decided, what is in review at all."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import RecordEntry
from core.listing import paginate
from core.messages import show_unsaved_text
from review import queue
from review.models.queue import ExcludedReviewer, QueueItem
from review.queue_filter import QueueFilter
from review.queue_rows import rows_of
from roles.role_queries import levels_held_by

SIZE = 20
# Tab → what is on the record.
DECIDED = {"approved": RecordEntry.Kind.APPROVAL, "returned": RecordEntry.Kind.RETURN}


class TabForm(forms.Form):
    """Which list; a bad value is the first one."""

    tab = forms.ChoiceField(
        required=False,
        choices=[
            ("mine", gettext_lazy("Waiting for me")),
            ("all", gettext_lazy("All in review")),
            ("approved", gettext_lazy("Approved by me")),
            ("returned", gettext_lazy("Returned by me")),
        ],
    )

    def chosen(self) -> str:
        """The name of the list; without a valid one, the first."""
        return (self.cleaned_data.get("tab") if self.is_valid() else "") or "mine"


def may_see_queue(user) -> bool:
    """Whether somebody decides anywhere, or runs the system."""
    return user.is_superuser or bool(levels_held_by(user))


def in_review(user):
    """Everything that waits in the places of this person; all of it for the administrator."""
    found = QueueItem.objects.all() if user.is_superuser else queue.items_in_scopes_of(user)
    return found.order_by("submitted_at", "pk")


def queue_view(request):
    """The list, narrowed by its filter; nothing is decided here."""
    if not may_see_queue(request.user):
        return turned_away(request)
    tab = TabForm(request.GET).chosen()
    counts = counts_of(request.user)
    context = {
        "tab": tab,
        "counts": counts,
        "tabs": TabForm.base_fields["tab"].choices,
        "page_query": urlencode({"tab": tab}),
    }
    if tab in DECIDED:
        entries = decided_by(request.user, DECIDED[tab])
        context["page_obj"] = paginate(entries.order_by("-pk"), request.GET.get("p"), SIZE)
        return render(request, "review/decided_by_me.html", context)
    items = queue.waiting_for(request.user) if tab == "mine" else in_review(request.user)
    form = QueueFilter(request.GET, items=items)
    found = form.apply(items).select_related("kind")
    known = None if form.is_narrowed else counts[tab]
    page_obj = paginate(found, request.GET.get("p"), SIZE, known)
    rows = rows_of(page_obj.object_list, request.user)
    if tab == "all":
        _say_who_is_barred(rows, request.user)
    context |= {
        "form": form,
        "rows": rows,
        "page_obj": page_obj,
        "query": form.query_string(),
        "page_query": f"{context['page_query']}&{form.query_string()}".removesuffix("&"),
        "oldest": rows[0] if rows and page_obj.number == 1 else None,
        "some_may_be_ticked": tab == "mine" and any(row.may_be_ticked for row in rows),
    }
    return render(request, "review/queue.html", context)


def decided_by(user, kind):
    """What this person approved or returned, by the record."""
    return RecordEntry.objects.filter(user_id=user.pk, kind=kind)


def counts_of(user) -> dict[str, int]:
    """Tab → how many rows it has."""
    decided = RecordEntry.objects.filter(user_id=user.pk, kind__in=DECIDED.values())
    numbers = dict(decided.order_by().values_list("kind").annotate(Count("pk")))
    return {tab: numbers.get(kind, 0) for tab, kind in DECIDED.items()} | {
        "mine": queue.waiting_count(user),
        "all": in_review(user).count(),
    }


def _say_who_is_barred(rows, user) -> None:
    barred = set(
        ExcludedReviewer.objects.filter(user=user, item__in=[row.item for row in rows]).values_list(
            "item_id", flat=True
        )
    )
    levels = levels_held_by(user)
    for row in rows:
        mine = any(
            level == row.item.level and row.item.page_path.startswith(path)
            for level, path in levels
        )
        if row.item.pk in barred:
            row.barred = _("You wrote in it or approved it already.")
        elif not mine:
            row.barred = _("It waits for another level.")


def turned_away(request, words=""):
    """Tell somebody who reviews nothing why the queue is closed; what they typed is kept.

    To the first screen in any case: other screens lead here, and the way back would be a circle.
    """
    messages.error(
        request,
        _(
            "The queue is for reviewers; you are none, or no longer. "
            "Who reviews is set by the administrator."
        ),
    )
    show_unsaved_text(request, words)
    return redirect(reverse("wagtailadmin_home"))


def back_to_queue(request, words: str):
    """The queue, with a message."""
    messages.warning(request, words)
    return redirect(reverse("review_queue"))

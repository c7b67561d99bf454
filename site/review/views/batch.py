"""Approving several items at once: only what this person has read as it is, and clean."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState

from accounts.models import User
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.requests import AdminRequest
from review import queue
from review.domain import decisions
from review.domain.gate import DECIDED_MEANWHILE
from review.forms import BatchForm, ticked_digests
from review.queue_rows import Row, rows_of
from review.views.queue import PAGE_SIZE, require_queue
from roles.level_rules import answers_for_secrecy, required_levels


def batch_view(request: AdminRequest) -> HttpResponse:
    """Ask once what is asked of each, then decide on each in a transaction of its own.

    Raises:
        Refused: this person reviews nothing.
    """
    comment = request.POST.get("comment", "")
    require_queue(request, comment)
    if request.method != "POST":
        return redirect("review_queue")
    digests = ticked_digests(request.POST, PAGE_SIZE)
    rows = approvable_rows(request.user, digests)
    if not rows:
        show_unsaved_text(request, comment)
        messages.warning(
            request, _("None of these can be approved together: open each and read it first.")
        )
        return redirect("review_queue")
    data = request.POST if "confirmed" in request.POST else None
    form = BatchForm(data, asks_secrecy=any(map(answers_secrecy, rows)))
    if not form.is_valid():
        context = {"rows": rows, "form": form, "left_out": len(digests) - len(rows)}
        return render(request, "review/batch.html", context)
    outcomes = [(row, approve(row, request.user, form)) for row in rows]
    show_outcomes(request, outcomes)
    if any(errors for _row, errors in outcomes):
        show_unsaved_text(request, comment)
    return redirect("review_queue")


def approvable_rows(user: User, digests: dict[int, str]) -> list[Row]:
    """Return those of the ticked items that wait for `user`, unchanged, read and clean."""
    items = queue.waiting_for(user).filter(pk__in=digests).select_related("kind")
    return [
        row
        for row in rows_of(items, user)
        if row.may_be_ticked and digests[row.item.pk] == row.item.digest
    ]


def answers_secrecy(row: Row) -> bool:
    """Return whether the level of this item says how the secrecy review ended."""
    page = Page.objects.get(pk=row.item.page_id).specific
    return answers_for_secrecy(required_levels(page, row.item.urgent), row.item.level)


def approve(row: Row, user: User, form: BatchForm) -> list[str]:
    """Approve one item; return the errors if it was refused."""
    task_state = TaskState.objects.filter(pk=row.item.pk).first()
    if task_state is None:
        return [str(DECIDED_MEANWHILE)]
    try:
        decisions.decide(task_state, user, form.decision(row.item.digest))
    except Refused as refusal:
        return refusal.reasons
    return []


def show_outcomes(request: AdminRequest, outcomes: list[tuple[Row, list[str]]]) -> None:
    """Show how many items were approved, and why others were not."""
    approved = sum(not errors for _row, errors in outcomes)
    message = ngettext("You approved %(count)d item.", "You approved %(count)d items.", approved)
    messages.success(request, message % {"count": approved})
    for row, errors in outcomes:
        if errors:
            messages.error(request, f"{row.item.title}: {' '.join(errors)}")

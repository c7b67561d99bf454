"""Marking an item urgent, and the third person's check that a published urgent item owes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from core.keys import parse_key
from core.messages import show_errors
from core.publishing.refusals import Refused
from core.requests import AdminRequest
from publication import permissions as publication_permissions
from publication.models import UrgentItem
from publication.urgent_items import post_publication_checkers
from urgency import domain
from urgency.forms import MarkUrgentForm, PostPublicationCheckForm

CHECKS = "urgency_checks"


def mark_urgent_view(request: AdminRequest, task_state_id: int) -> HttpResponse:
    """Ask for the reason, then let the item pass by the urgent rule.

    Raises:
        Refused: this person is not of the committee.
    """
    states = TaskState.objects.select_related("workflow_state", "task")
    task_state = get_object_or_404(states, pk=task_state_id)
    page = task_state.workflow_state.content_object
    if errors := domain.marker_errors(request.user, page.specific if page else None):
        raise Refused(errors)
    title = page.get_admin_display_title()
    form = MarkUrgentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.mark_urgent(task_state, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            show_errors(request, refusal.reasons)
        else:
            messages.success(request, _("“%(title)s” passes as urgent now.") % {"title": title})
            current = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
            return redirect("review_decide", current.pk if current else task_state_id)
    context = {
        "form": form,
        "page": page.specific,
        "page_title": title,
        "back": reverse("review_decide", args=[task_state_id]),
    }
    return render(request, "urgency/mark.html", context)


def checks_view(request: AdminRequest) -> HttpResponse:
    """Show the urgent items that owe a check: this person's, and those this person oversees."""
    if request.method == "POST":
        return record_check(request)
    own = domain.open_checks_for(request.user)
    overseen = [each for each in domain.checks_overseen_by(request.user) if each not in own]
    pages = Page.objects.in_bulk([each.page_id for each in [*own, *overseen]])
    rows = [
        {
            "urgency": urgent_item,
            "page": (page := pages.get(urgent_item.page_id)),
            "overdue": domain.is_overdue(urgent_item),
            "own": urgent_item in own,
            "checkers": None if urgent_item in own else post_publication_checkers(urgent_item),
            "may_withdraw": page
            and publication_permissions.may_withdraw(request.user, page.specific),
        }
        for urgent_item in [*own, *overseen]
    ]
    return render(request, "urgency/checks.html", {"rows": rows})


def record_check(request: AdminRequest) -> HttpResponse:
    """Put the check of this person on the record."""
    urgent_item = get_object_or_404(UrgentItem, pk=parse_key(request.POST.get("urgency")))
    form = PostPublicationCheckForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such decision."))
        return redirect(CHECKS)
    in_order, opinion = form.cleaned_data["outcome"] == "fine", form.cleaned_data["opinion"]
    try:
        domain.check_after_publication(urgent_item, request.user, opinion, in_order)
    except Refused as refusal:
        show_errors(request, refusal.reasons)
        return redirect(CHECKS)
    if in_order:
        messages.success(request, _("The check is on the record."))
    else:
        messages.warning(
            request, _("The check is on the record. A final approver can withdraw the page now.")
        )
    return redirect(CHECKS)

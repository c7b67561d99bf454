"""Marking an item urgent, and the third look that a published urgent item owes."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from core.messages import show_errors
from core.publishing.refusals import Refused
from publication import withdrawal
from publication.models import UrgentItem
from publication.recipients import post_publication_checkers
from review.domain import urgency
from review.queue_filter import parse_key


class MarkForm(forms.Form):
    """Why an item cannot wait."""

    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"), max_length=200, required=False
    )


class LookForm(forms.Form):
    """How the third look ended."""

    outcome = forms.ChoiceField(
        choices=[("fine", gettext_lazy("In order")), ("wrong", gettext_lazy("Not in order"))]
    )
    opinion = forms.CharField(max_length=1000, required=False)


def mark_urgent_view(request, task_state_id: int):
    """Ask for the reason, then let the item pass by the urgent rule."""
    states = TaskState.objects.select_related("workflow_state", "task")
    task_state = get_object_or_404(states, pk=task_state_id)
    page = task_state.workflow_state.content_object
    if page is None or not urgency.may_mark_urgent(request.user, page.specific):
        messages.error(request, _("Only the section or the final approver marks an item urgent."))
        return redirect(reverse("wagtailadmin_home"))
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            urgency.mark_urgent(task_state, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            show_errors(request, refusal.reasons)
        else:
            said = {"title": page.get_admin_display_title()}
            messages.success(request, _("“%(title)s” passes as urgent now.") % said)
            now = Page.objects.get(pk=page.pk).specific.current_workflow_task_state
            return redirect(reverse("review_decide", args=[now.pk if now else task_state_id]))
    context = {
        "form": form,
        "page": page.specific,
        "page_title": page.get_admin_display_title(),
        "back": reverse("review_decide", args=[task_state_id]),
    }
    return render(request, "review/mark_urgent.html", context)


def checks_view(request):
    """The urgent items that owe a look: this person's, and those that this person oversees."""
    if request.method == "POST":
        return take_look(request)
    mine = urgency.open_checks_for(request.user)
    others = [each for each in urgency.checks_overseen_by(request.user) if each not in mine]
    pages = Page.objects.in_bulk([each.page_id for each in [*mine, *others]])
    rows = [
        {
            "urgency": each,
            "page": (page := pages.get(each.page_id)),
            "overdue": each.check_due_at < timezone.now(),
            "mine": each in mine,
            "lookers": None if each in mine else post_publication_checkers(each),
            "may_withdraw": page and not withdrawal.withdrawal_errors(page.specific, request.user),
        }
        for each in [*mine, *others]
    ]
    return render(request, "review/post_publication_checks.html", {"rows": rows})


def take_look(request):
    """Carry the look out."""
    found = get_object_or_404(UrgentItem, pk=parse_key(request.POST.get("urgency")))
    form = LookForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such decision."))
        return redirect(reverse("review_post_publication_checks"))
    in_order = form.cleaned_data["outcome"] == "fine"
    try:
        urgency.check_after_publication(found, request.user, form.cleaned_data["opinion"], in_order)
    except Refused as refusal:
        show_errors(request, refusal.reasons)
        return redirect(reverse("review_post_publication_checks"))
    if in_order:
        messages.success(request, _("The look is on the record."))
    else:
        messages.warning(
            request, _("The look is on the record. A final approver can withdraw the page now.")
        )
    return redirect(reverse("review_post_publication_checks"))

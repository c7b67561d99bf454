"""Screens of review."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import TaskState

from moderation import decisions, gate
from moderation.forms import DecisionForm

DONE = {
    "approve": _("You approved “%(title)s”."),
    "reject": _("You returned “%(title)s”; the editor reads your words first."),
}


def decide(request, task_state_id: int):
    """Read what is to be decided, then approve or return it; the text itself stands still.

    Where the gate refuses, its reasons stand above the form and the item still waits.
    """
    task_state, page = _reviewed(request, task_state_id)
    task = task_state.task.specific
    form = DecisionForm(request.POST or None)
    reasons = gate.objections(page, task_state, task.level, request.user)
    if request.method == "POST" and form.is_valid():
        action, opinion = form.cleaned_data["action"], form.cleaned_data["comment"]
        try:
            with transaction.atomic():
                decisions.decide(task, task_state, request.user, action, opinion)
        except gate.Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, DONE[action] % {"title": page.get_admin_display_title()})
            return redirect("wagtailadmin_home")
    context = {
        "page": page,
        "page_title": page.get_admin_display_title(),
        "task": task,
        "task_state": task_state,
        "workflow_state": task_state.workflow_state,
        "revision": task_state.revision,
        "form": form,
        "reasons": reasons,
        "history": decisions.history(task_state.workflow_state),
    }
    return render(request, "moderation/decide.html", context)


def refused(request, task_state_id: int):
    """Say why the gate refused a decision made elsewhere, then show the item, which still waits."""
    task_state, page = _reviewed(request, task_state_id)
    level = task_state.task.specific.level
    for reason in gate.objections(page, task_state, level, request.user):
        messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _reviewed(request, task_state_id: int):
    """The task state and its page, if this person reviews the page at its level."""
    states = TaskState.objects.select_related("workflow_state", "revision", "task")
    task_state = get_object_or_404(states, pk=task_state_id)
    page = task_state.workflow_state.content_object.specific
    task = task_state.task.specific
    if not hasattr(task, "level") or not task.user_can_access_editor(page, request.user):
        raise PermissionDenied
    return task_state, page

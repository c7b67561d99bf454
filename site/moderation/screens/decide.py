"""The screen on which a waiting item is read and decided; the text itself stands still."""

from django.core.exceptions import PermissionDenied
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
    """Read what is to be decided, then approve or return it.

    Where the gate refuses, its reasons stand above the form and the item still waits.
    """
    task_state, page = reviewed(request, task_state_id)
    case = gate.Case(page, task_state.workflow_state)
    task = task_state.task.specific
    form = DecisionForm(request.POST or None, initial={"digest": case.digest})
    reasons = gate.objections(case, task_state, task.level, request.user)
    if request.method == "POST" and form.is_valid():
        try:
            decisions.decide(task_state, request.user, form.decision())
        except gate.Refused as refusal:
            reasons = refusal.reasons
        else:
            done = DONE[form.cleaned_data["action"]]
            messages.success(request, done % {"title": page.get_admin_display_title()})
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


def reviewed(request, task_state_id: int):
    """The task state and its page, if this person reviews the page at its level."""
    states = TaskState.objects.select_related("workflow_state", "revision", "task")
    task_state = get_object_or_404(states, pk=task_state_id)
    page = task_state.workflow_state.content_object.specific
    task = task_state.task.specific
    if not hasattr(task, "level") or not task.user_can_access_editor(page, request.user):
        raise PermissionDenied
    return task_state, page

"""Screens of review."""

from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages
from wagtail.models import TaskState

from moderation import gate


def refused(request, task_state_id: int):
    """Say why the gate refused this person's decision, then show the item, which still waits."""
    task_state = get_object_or_404(
        TaskState.objects.select_related("workflow_state"), pk=task_state_id
    )
    page = task_state.workflow_state.content_object.specific
    task = task_state.task.specific
    if not task.user_can_access_editor(page, request.user):
        return redirect("wagtailadmin_home")
    for reason in gate.objections(page, task_state, task.level, request.user):
        messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)

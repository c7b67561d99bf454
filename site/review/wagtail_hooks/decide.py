"""The decision screen's preview, and the ways that lead from Wagtail's own doors to the screen."""

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from review.views import decide
from roles import reviewers


@hooks.register("register_admin_urls")
def register_the_preview():
    """The waiting text as readers will see it, in the frame of the decision screen."""
    return [
        path("review/<int:task_state_id>/preview/", decide.preview_view, name="review_preview"),
    ]


@hooks.register("before_edit_page")
def decide_on_the_one_screen(request, page):
    """Lead Wagtail's own approve and reject buttons, which decide nothing, to the screen."""
    if not request.POST.get("action-workflow-action"):
        return None
    state = page.current_workflow_task_state
    level = getattr(state.task.specific, "level", None) if state else None
    if level is None or not reviewers.is_reviewer(request.user, page, level):
        return None
    messages.info(request, _("Items are decided here, on the text that you see."))
    return redirect("review_decide", state.pk)

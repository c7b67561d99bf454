"""The decision screen, and what the edit screen says of an item in review."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.models import Page, WorkflowState

from core.requests import AdminRequest
from review import permissions
from review.views import decide


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    """Return the decision screen, and the waiting text in its frame."""
    return [
        path("review/<int:task_state_id>/", decide.decide_view, name="review_decide"),
        path("review/<int:task_state_id>/preview/", decide.preview_view, name="review_preview"),
    ]


class DecideMenuItem(ActionMenuItem):
    """Leads from the read-only edit screen to the decision."""

    name = "action-decide"
    label = _("Decide")
    icon_name = "check"
    order = 0
    template_name = "review/decide_menu_item.html"

    def get_url(self, parent_context: dict[str, Any]) -> str:
        task_state = parent_context["page"].current_workflow_task_state
        return reverse("review_decide", args=[task_state.pk])


@hooks.register("construct_page_action_menu")
def offer_decision(
    menu_items: list[ActionMenuItem], request: AdminRequest, context: dict[str, Any]
) -> None:
    """Give a reviewer of a waiting page “decide”, and not “cancel”, which loses the reasons."""
    page = context.get("page")
    task = page.current_workflow_task if page and page.pk else None
    if task is None or not permissions.may_open_decision(request.user, page, task.level):
        return
    others = [item for item in menu_items if not isinstance(item, CancelWorkflowMenuItem)]
    menu_items[:] = [DecideMenuItem(), *others]


@hooks.register("before_edit_page")
def show_return_reason(request: AdminRequest, page: Page) -> None:
    """Show whoever opens a returned page the opinion it was returned with."""
    state = page.current_workflow_state
    if request.method != "GET" or not state or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = state.current_task_state
    message = gettext("Returned by %(person)s (%(level)s): %(words)s")
    values = {
        "person": returned.finished_by,
        "level": returned.task.name,
        "words": returned.comment,
    }
    messages.warning(request, message % values)


@hooks.register("before_edit_page")
def refuse_cancelling_by_reviewers(request: AdminRequest, page: Page) -> HttpResponse | None:
    """Refuse Wagtail's “cancel” to reviewers: they return an item, with reasons, on the record."""
    if not request.POST.get("action-cancel-workflow") or page.current_workflow_state is None:
        return None
    if permissions.may_cancel_submission(request.user, page):
        return None
    messages.error(request, _("Only its author calls an item back; a reviewer returns it."))
    return redirect("wagtailadmin_pages:edit", page.pk)

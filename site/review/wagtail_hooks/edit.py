"""What review adds to the admin."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.models import WorkflowState

from review.views import decide
from roles import reviewers


@hooks.register("register_admin_urls")
def register_review_urls():
    """The screens of review."""
    return [
        path("review/<int:task_state_id>/", decide.decide_view, name="review_decide"),
    ]


class DecideMenuItem(ActionMenuItem):
    """Leads from the read-only edit screen to the decision."""

    name = "action-decide"
    label = _("Decide")
    icon_name = "check"
    order = 0
    template_name = "review/decide_menu_item.html"

    def get_url(self, parent_context):
        task_state = parent_context["page"].current_workflow_task_state
        return reverse("review_decide", args=[task_state.pk])


@hooks.register("construct_page_action_menu")
def offer_the_decision(menu_items, request, context):
    """A reviewer of a waiting page gets “decide”, and not “cancel”, which loses the reasons."""
    page = context.get("page")
    task = page.current_workflow_task if page and page.pk else None
    if task is None or not reviewers.is_reviewer(request.user, page, task.level):
        return
    kept = [item for item in menu_items if not isinstance(item, CancelWorkflowMenuItem)]
    menu_items[:] = [DecideMenuItem(), *kept]


@hooks.register("before_edit_page")
def say_why_it_came_back(request, page):
    """Whoever opens a returned page reads the words it was returned with."""
    state = page.current_workflow_state
    if request.method != "GET" or not state or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = state.current_task_state
    message = gettext("Returned by %(person)s (%(level)s): %(words)s")
    messages.warning(
        request,
        message
        % {
            "person": returned.finished_by,
            "level": returned.task.name,
            "words": returned.comment,
        },
    )


@hooks.register("before_edit_page")
def only_its_author_calls_an_item_back(request, page):
    """Refuse Wagtail's “cancel” to reviewers: they return an item, with reasons, on the record."""
    state = page.current_workflow_state
    if state is None or not request.POST.get("action-cancel-workflow"):
        return None
    if request.user in (state.requested_by, page.owner):
        return None
    messages.error(request, _("Only its author calls an item back; a reviewer returns it."))
    return redirect("wagtailadmin_pages:edit", page.pk)

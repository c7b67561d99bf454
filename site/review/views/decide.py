"""The screen on which a waiting item is read and decided; the text itself stands still."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.requests import AdminRequest
from review import permissions, queue
from review.decision_buttons import decision_buttons
from review.decision_context import DecisionContext, format_minute
from review.domain import decisions, gate
from review.forms import DecisionForm, opinion_of
from review.queue_navigation import position_of
from roles.models import Level


def decide_view(request: AdminRequest, task_state_id: int) -> HttpResponse:
    """Show what is to be decided, then approve or return it.

    Where the gate refuses, its reasons stand above the form and the item still waits.

    Raises:
        Refused: this person reviews nothing there and cannot edit the page either.
    """
    task_state, page = waiting_task_state(task_state_id)
    if task_state is None or page is None:
        return page_missing(request)
    if not permissions.may_read_item(request.user, page):
        return redirect_outsider(request, task_state, page)
    if gate.state_errors(task_state):
        return decided_meanwhile(request, task_state, page)
    context = DecisionContext(request, task_state, page)
    form = decision_form(context, request.POST or None, {"digest": context.submission.digest})
    if request.method != "POST":
        return decision_screen(request, context, form)
    if not form.is_valid():
        return decision_screen(request, context, form, form.error_messages())
    # Asked before the decision takes the item out of the queue.
    position = position_of(request, context.item)
    try:
        decisions.decide(task_state, request.user, form.decision())
    except Refused as refusal:
        return refused(request, task_state_id, form, refusal.reasons)
    messages.success(request, outcome_message(context, form.cleaned_data["action"]))
    return redirect(position.next or position.back)


def decision_form(
    context: DecisionContext, data: QueryDict | None, initial: dict[str, str]
) -> DecisionForm:
    """Return the form with the district's reasons and, if this level answers it, secrecy."""
    return DecisionForm(
        data,
        initial=initial,
        reasons=context.reasons,
        asks_secrecy=context.answers_for_secrecy,
    )


def refused(
    request: AdminRequest, task_state_id: int, form: DecisionForm, errors: list[str]
) -> HttpResponse:
    """Show the screen again, with the errors and with everything that was typed."""
    task_state, page = waiting_task_state(task_state_id)
    if task_state is None or page is None:
        return page_missing(request)
    if gate.state_errors(task_state):
        return decided_meanwhile(request, task_state, page)
    context = DecisionContext(request, task_state, page)
    opened_digest = form.cleaned_data["digest"]
    if opened_digest == context.submission.digest:
        return decision_screen(request, context, form, errors)
    # Ticks stand for the text that was read: for another text they are set again.
    initial = {
        "digest": context.submission.digest,
        "comment": form.cleaned_data["comment"],
        "reason": form.cleaned_data.get("reason", ""),
    }
    form = decision_form(context, None, initial)
    return decision_screen(request, context, form, errors, opened_digest)


def decision_screen(
    request: AdminRequest,
    context: DecisionContext,
    form: DecisionForm,
    errors: Sequence[str] = (),
    opened_digest: str = "",
) -> HttpResponse:
    """Show the item to somebody who may read it, with the form for who may decide."""
    item, submission = context.item, context.submission
    if item and item.digest == submission.digest:
        queue.record_read(request.user, item)
    return render(
        request,
        "review/decide.html",
        {
            "decision": context,
            "submission": submission,
            "page": context.page,
            "page_title": context.text.title,
            "task_state": context.task_state,
            "form": form,
            "errors": list(dict.fromkeys(errors)),
            "reviewer_errors": context.reviewer_errors,
            "approval_errors": context.approval_errors,
            "buttons": decision_buttons(request, context.task_state, context.page),
            "differences": context.differences(opened_digest),
            "position": position_of(request, item),
            "current_level": Level(context.level).label,
        },
    )


def outcome_message(context: DecisionContext, action: str) -> str:
    """Return what a decision did, in words."""
    values = {"title": context.text.title}
    if action == "reject":
        return _("You returned “%(title)s”; the editor reads your words first.") % values
    if context.next_level:
        values["level"] = Level(context.next_level).label
        return _("You approved “%(title)s”; it waits for the %(level)s now.") % values
    _task_state, page = waiting_task_state(context.task_state.pk)
    if page is not None and page.live and page.live_revision_id == context.submission.revision.pk:
        return _("You approved “%(title)s”; it is public now.") % values
    if context.text.go_live_at:
        values["date"] = format_minute(context.text.go_live_at)
        return _("You approved “%(title)s”; it will be public on %(date)s.") % values
    return _("You approved “%(title)s”.") % values


def decided_meanwhile(request: AdminRequest, task_state: TaskState, page: Page) -> HttpResponse:
    """Show what happened to an item that waits here no more.

    What was typed for it is shown, unless it is on the record by a first click.
    """
    current = page.current_workflow_task_state
    opinion = opinion_of(request.POST)
    entries = decisions.record_entries(task_state.workflow_state)
    if opinion and entries.filter(user_id=request.user.pk, opinion=opinion).exists():
        opinion = ""
    context = {
        "page": page,
        "page_title": page.get_admin_display_title(),
        "task_state": task_state,
        "history": entries,
        "opinion": opinion,
        "current": current if current and current.pk != task_state.pk else None,
        "may_edit": page.permissions_for_user(request.user).can_edit(),
        "position": position_of(request, None),
    }
    return render(request, "review/decided.html", context)


def page_missing(request: AdminRequest) -> HttpResponse:
    """Say that there is nothing left to decide, and lead to the queue."""
    messages.warning(
        request,
        _("This item is no longer here: its page was deleted. The record keeps what was decided."),
    )
    show_unsaved_text(request, opinion_of(request.POST))
    return redirect("review_queue")


def redirect_outsider(request: AdminRequest, task_state: TaskState, page: Page) -> HttpResponse:
    """Lead who edits the page to its form; refuse anybody else, without naming the item.

    Raises:
        Refused: this person has nothing to do with the page; what was typed is shown.
    """
    if not page.permissions_for_user(request.user).can_edit():
        show_unsaved_text(request, opinion_of(request.POST))
        raise Refused(
            [
                _(
                    "You are not a reviewer of this item, or no longer: nothing was decided. "
                    "Who reviews is set by the administrator."
                )
            ]
        )
    message = _("This text waits for “%(level)s”. Its reviewers decide; you can read it here.")
    messages.info(request, message % {"level": task_state.task.name})
    show_unsaved_text(request, opinion_of(request.POST))
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_GET
@xframe_options_sameorigin
def preview_view(request: AdminRequest, task_state_id: int) -> HttpResponse:
    """Show the waiting text as the public will read it, in the frame on the decision screen."""
    task_state, page = waiting_task_state(task_state_id)
    if task_state is None or page is None or not permissions.may_read_item(request.user, page):
        raise PermissionDenied
    if gate.state_errors(task_state):
        return render(request, "review/preview_missing.html")
    text = gate.Submission(page, task_state.workflow_state).revision.as_object()
    response: HttpResponse = text.make_preview_request(request, text.default_preview_mode)
    # The inner request passed the middleware on its own and was given the strict answer.
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def waiting_task_state(task_state_id: int) -> tuple[TaskState | None, Page | None]:
    """Return the task state and its page as they are now; (…, None) if there is no such item."""
    states = TaskState.objects.select_related("workflow_state", "revision__user", "task")
    task_state = states.filter(pk=task_state_id).first()
    if gate.level_of(task_state) is None:
        return task_state, None
    page = task_state.workflow_state.content_object
    return task_state, page.specific if page else None

"""The screen on which a waiting item is read and decided; the text itself stands still."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import TaskState

from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from review import queue
from review.decision_context import DecisionContext, as_day
from review.domain import decisions, gate
from review.forms import DecisionForm, opinion_of
from review.queue_navigation import position_of, queue_url
from roles.models import Level
from roles.role_queries import levels_held_by


def decide_view(request, task_state_id: int):
    """Read what is to be decided, then approve or return it.

    Where the gate refuses, its reasons stand above the form and the item still waits.
    """
    task_state, page = waiting_task_state(task_state_id)
    if page is None:
        return page_missing_view(request)
    if not may_read(request.user, page):
        return redirect_outsider(request, task_state, page)
    if gate.state_errors(task_state):
        return decided_meanwhile(request, task_state, page)
    reading = DecisionContext(request, task_state, page)
    options = {"reasons": reading.reasons, "secrecy": reading.answers_for_secrecy}
    form = DecisionForm(request.POST or None, initial={"digest": reading.case.digest}, **options)
    if request.method != "POST":
        return screen(request, reading, form)
    if not form.is_valid():
        return screen(request, reading, form, form.messages())
    # Found before the decision takes the item out of the queue.
    onwards = position_of(request, reading.item)
    try:
        decisions.decide(task_state, request.user, form.decision())
    except Refused as refusal:
        return refused(request, reading, form, options, refusal.reasons)
    messages.success(request, outcome(reading, form.cleaned_data["action"]))
    return redirect(onwards.next or onwards.back)


def refused(request, reading, form, options, reasons):
    """The screen again, with the reasons and with everything that was typed."""
    task_state, page = waiting_task_state(reading.task_state.pk)
    if page is None:
        return page_missing_view(request)
    if gate.state_errors(task_state):
        return decided_meanwhile(request, task_state, page)
    reading = DecisionContext(request, task_state, page)
    opened = form.cleaned_data["digest"]
    if opened == reading.case.digest:
        return screen(request, reading, form, reasons)
    # Ticks stand for the text that was read: for another text they are set again.
    said = {"digest": reading.case.digest, "comment": form.cleaned_data["comment"]}
    said["reason"] = form.cleaned_data.get("reason", "")
    return screen(request, reading, DecisionForm(initial=said, **options), reasons, opened)


def screen(request, reading, form, reasons=(), opened_digest=""):
    """Show the item to somebody who may read it, with the form for who may decide."""
    case, user = reading.case, request.user
    forbidden = gate.reviewer_errors(case, reading.level, user)
    standing = [] if forbidden else reading.objections
    if reading.item and reading.item.digest == case.digest:
        queue.record_read(user, reading.item)
    context = {
        "reading": reading,
        "case": case,
        "page": reading.page,
        "page_title": reading.text.title,
        "task_state": reading.task_state,
        "form": form,
        "reasons": list(dict.fromkeys(reasons)),
        "forbidden": forbidden,
        "standing": standing,
        "differences": reading.differences(opened_digest),
        "place": position_of(request, reading.item),
        "current_level": Level(reading.level).label,
    }
    return render(request, "review/decide.html", context)


def outcome(reading, action: str) -> str:
    """What a decision did, in words."""
    said = {"title": reading.text.title}
    if action == "reject":
        return _("You returned “%(title)s”; the editor reads your words first.") % said
    if reading.next_level:
        said["level"] = Level(reading.next_level).label
        return _("You approved “%(title)s”; it waits for the %(level)s now.") % said
    _task_state, page = waiting_task_state(reading.task_state.pk)
    if page is not None and page.live and page.live_revision_id == reading.case.revision.pk:
        return _("You approved “%(title)s”; it is public now.") % said
    if reading.text.go_live_at:
        said["date"] = as_day(reading.text.go_live_at)
        return _("You approved “%(title)s”; it will be public on %(date)s.") % said
    return _("You approved “%(title)s”.") % said


def decided_meanwhile(request, task_state, page):
    """Say what happened to an item that waits here no more, and lead on.

    What was typed for it is shown, unless it is on the record by a first click.
    """
    now = page.current_workflow_task_state
    opinion, history = opinion_of(request.POST), decisions.history(task_state.workflow_state)
    if opinion and history.filter(user_id=request.user.pk, opinion=opinion).exists():
        opinion = ""
    context = {
        "page": page,
        "page_title": page.get_admin_display_title(),
        "task_state": task_state,
        "history": history,
        "opinion": opinion,
        "now": now if now and now.pk != task_state.pk else None,
        "may_edit": page.permissions_for_user(request.user).can_edit(),
        "place": position_of(request, None),
    }
    return render(request, "review/decided.html", context)


def page_missing_view(request):
    """Say that there is nothing left to decide, and lead to the queue."""
    messages.warning(
        request,
        _("This item is no longer here: its page was deleted. The record keeps what was decided."),
    )
    show_unsaved_text(request, opinion_of(request.POST))
    return redirect(queue_url())


def redirect_outsider(request, task_state, page):
    """Say to somebody who is no reviewer of this item where to turn, without naming the item."""
    if page.permissions_for_user(request.user).can_edit():
        messages.info(
            request,
            _("This text waits for “%(level)s”. Its reviewers decide; you can read it here.")
            % {"level": task_state.task.name},
        )
        show_unsaved_text(request, opinion_of(request.POST))
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.error(
        request,
        _(
            "You are not a reviewer of this item, or no longer: nothing was decided. "
            "Who reviews is set by the administrator."
        ),
    )
    show_unsaved_text(request, opinion_of(request.POST))
    return redirect(queue_url())


@require_GET
@xframe_options_sameorigin
def preview_view(request, task_state_id: int):
    """The waiting text as the public will read it, for the frame on the decision screen."""
    task_state, page = waiting_task_state(task_state_id)
    if page is None or not may_read(request.user, page):
        return permission_denied(request)
    if gate.state_errors(task_state):
        return render(request, "review/preview_missing.html")
    text = gate.Submission(page, task_state.workflow_state).revision.as_object()
    response = text.make_preview_request(request, text.default_preview_mode)
    # The inner request passed the middleware on its own and was given the strict answer.
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def waiting_task_state(task_state_id: int) -> tuple:
    """The task state and its page as they are now; (…, None) if there is no such item."""
    states = TaskState.objects.select_related("workflow_state", "revision__user", "task")
    task_state = states.filter(pk=task_state_id).first()
    if task_state is None or not hasattr(task_state.task.specific, "level"):
        return task_state, None
    page = task_state.workflow_state.content_object
    return task_state, page.specific if page else None


def may_read(user, page) -> bool:
    """Whether somebody reviews this page at any level: they read it, decided or not."""
    return any(page.path.startswith(path) for _level, path in levels_held_by(user))

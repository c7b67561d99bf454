"""Deciding on a waiting item: who may do what, and what is written when they do."""

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from moderation import gate, record, rules
from moderation.models.record import RecordEntry


def actions(task, page, user) -> list[tuple]:
    """The decisions open to `user`, as Wagtail's (name, label, needs a form) triples."""
    workflow_state = page.current_workflow_state
    if workflow_state is None or not rules.is_reviewer(user, page, task.level):
        return []
    revision = page.get_latest_revision()
    if gate.person_objections(page, workflow_state, task.level, user, revision):
        return []
    return [
        ("reject", _("Return for changes"), True),
        ("approve", _("Approve"), False),
        ("approve", _("Approve with opinion"), True),
    ]


def decide(task, task_state, user, action_name: str, opinion: str) -> None:
    """Carry out a decision, in the caller's transaction.

    The page is taken from the submission, never from the address of the request.

    Raises:
        gate.Refused: with the reasons; the item is still waiting.
    """
    # One decision at a time: the second of two simultaneous ones waits here and is then refused.
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    task_state = TaskState.objects.select_related("revision").get(pk=task_state.pk).specific
    task_state.workflow_state = workflow_state
    page = workflow_state.content_object.specific
    if task_state.task_id != task.pk:
        raise gate.Refused([_("This item has been decided meanwhile.")])
    if action_name == "approve":
        _approve(task, task_state, page, user, opinion)
    elif action_name == "reject":
        _return(task, task_state, page, user, opinion)
    else:
        raise gate.Refused([_("There is no such decision.")])


def _approve(task, task_state, page, user, opinion):
    reasons = gate.objections(page, task_state, task.level, user)
    if reasons:
        raise gate.Refused(reasons)
    _append(RecordEntry.Kind.APPROVAL, task, task_state, page, user, opinion)
    task_state.approve(user=user, comment=opinion)


def _return(task, task_state, page, user, opinion):
    reasons = gate.standing_objections(task_state) or gate.person_objections(
        page, task_state.workflow_state, task.level, user, task_state.revision
    )
    if not opinion.strip():
        reasons = [*reasons, _("Say what should be changed.")]
    if reasons:
        raise gate.Refused(reasons)
    _append(RecordEntry.Kind.RETURN, task, task_state, page, user, opinion)
    task_state.reject(user=user, comment=opinion)


def _append(kind, task, task_state, page, user, opinion):
    record.append(
        kind,
        page,
        task_state.revision,
        user=user,
        level=task.level,
        levels=rules.required_levels(page),
        opinion=opinion,
        workflow_state_id=task_state.workflow_state_id,
    )


def history(workflow_state):
    """What the record says of this submission, oldest first."""
    return RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)

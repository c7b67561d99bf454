"""Deciding on a waiting item: who may do what, and what is written when they do."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from audit import record
from audit.models import RecordEntry
from audit.proofreading import ProofreadingItem, SecrecyResult
from core.publishing.refusals import Refused
from review import notices
from review.domain import gate
from roles.level_rules import secrecy_level


@dataclass(frozen=True)
class Decision:
    """What a reviewer says of the text with this content digest."""

    action: str
    digest: str
    opinion: str = ""
    ticks: list[str] = field(default_factory=list)
    secrecy: str = ""


def may_decide(case: gate.Submission, level: str, user) -> bool:
    """Whether this person may decide on the item at this level at all."""
    return not gate.reviewer_errors(case, level, user)


@transaction.atomic
def decide(task_state, user, decision: Decision) -> None:
    """Carry out a decision: one clear outcome, in one transaction.

    The page is taken from the submission, never from the address of the request.

    Raises:
        gate.Refused: with the reasons; the item is still waiting.
    """
    task_state, case = locked_case(task_state)
    level = task_state.task.specific.level
    if stale := _stale(task_state, case, decision):
        raise Refused(stale)
    if decision.action == "approve":
        reasons = gate.approval_errors(case, task_state, level, user)
        reasons += _unread(case, level, decision)
    elif decision.action == "reject":
        reasons = gate.reviewer_errors(case, level, user)
        if not decision.opinion.strip():
            reasons.append(_("Say what should be changed."))
    else:
        reasons = [_("There is no such decision.")]
    if reasons:
        raise Refused(reasons)
    kind = RecordEntry.Kind.APPROVAL if decision.action == "approve" else RecordEntry.Kind.RETURN
    entry = write(kind, case, task_state, user, decision)
    if decision.action == "approve":
        task_state.approve(user=user, comment=decision.opinion)
    else:
        notices.returned(entry)
        task_state.reject(user=user, comment=decision.opinion)


def locked_case(task_state) -> tuple[TaskState, gate.Submission]:
    """The task state and its case, read after the submission's row was locked.

    One decision at a time: the second of two simultaneous ones waits here, then sees the first.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    task_state = TaskState.objects.select_related("revision", "task").get(pk=task_state.pk).specific
    task_state.workflow_state = workflow_state
    return task_state, gate.Submission(workflow_state.content_object.specific, workflow_state)


def _stale(task_state, case, decision) -> list[str]:
    if gone := gate.state_errors(task_state):
        return gone
    if decision.digest != case.digest:
        return [_("The text has changed since you opened it. Read it again, please.")]
    return []


def _unread(case, level, decision) -> list[str]:
    """What a reviewer has to answer before approving."""
    found = []
    if set(decision.ticks) != set(ProofreadingItem.values):
        found.append(_("Tick every line of the proof-reading list, or return the item."))
    if case.levels and level == secrecy_level(case.levels):
        if decision.secrecy == SecrecyResult.SECRET:
            found.append(_("What must not be public cannot be approved. Return it."))
        elif decision.secrecy != SecrecyResult.OPEN:
            found.append(_("Say how the secrecy review ended."))
    return found


def write(kind, case, task_state, user, decision: Decision, **details) -> RecordEntry:
    """Append a decision about this case to the record."""
    level = task_state.task.specific.level
    return record.append(
        kind,
        case.page,
        case.revision,
        user=user,
        level=level,
        levels=case.levels,
        urgent=case.urgent,
        opinion=decision.opinion,
        ticks=sorted(decision.ticks),
        secrecy=decision.secrecy,
        workflow_state_id=case.workflow_state.pk,
        **details,
    )


def history(workflow_state):
    """What the record says of this submission, oldest first."""
    return RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)

"""Deciding on a waiting item: approving it or returning it for changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from audit.proofreading import ProofreadingItem, SecrecyResult
from core.publishing.refusals import Refused
from review import notices
from review.domain import gate
from review.domain.gate import Submission
from roles.level_rules import answers_for_secrecy


@dataclass(frozen=True)
class Decision:
    """What a reviewer says of the text with this content digest."""

    action: str
    digest: str
    opinion: str = ""
    ticks: list[str] = field(default_factory=list)
    secrecy: str = ""


@transaction.atomic
def decide(task_state: TaskState, user: User, decision: Decision) -> None:
    """Carry out a decision: one clear outcome, in one transaction.

    The page is taken from the submission, never from the address of the request.

    Effects of an approval, in this order: the record gets the approval; Wagtail ends the level
    (`submissions.end_level`: queue, notices) and starts the next one (`submissions.start_level`),
    or after the last level hands over to the gate (`gate.publish_approved`).

    Effects of a return, in this order: the record gets the return; those who may edit the page
    are notified; Wagtail ends the level (`submissions.end_level`: queue, notices) and the
    submission (`submissions.end_submission`: files).

    Raises:
        Refused: with the reasons; the item is still waiting.
    """
    task_state, submission = lock_submission(task_state)
    if errors := _decision_errors(task_state, submission, user, decision):
        raise Refused(errors)
    if decision.action == "approve":
        _append(RecordEntry.Kind.APPROVAL, submission, task_state, user, decision)
        task_state.approve(user=user, comment=decision.opinion)
    else:
        entry = _append(RecordEntry.Kind.RETURN, submission, task_state, user, decision)
        notices.returned(entry)
        task_state.reject(user=user, comment=decision.opinion)


def lock_submission(task_state: TaskState) -> tuple[TaskState, Submission]:
    """Lock the submission's row, then read the task state and the submission anew.

    One decision at a time: the second of two simultaneous ones waits here, then sees the first.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    task_state = TaskState.objects.select_related("revision", "task").get(pk=task_state.pk).specific
    task_state.workflow_state = workflow_state
    return task_state, Submission(workflow_state.content_object.specific, workflow_state)


def _decision_errors(
    task_state: TaskState, submission: Submission, user: User, decision: Decision
) -> list[str]:
    """Return why the decision cannot be carried out; empty if it can."""
    level = task_state.task.specific.level
    if errors := gate.state_errors(task_state):
        return errors
    if errors := gate.digest_errors(submission, decision.digest):
        return errors
    if decision.action == "approve":
        errors = gate.approval_errors(submission, task_state, level, user)
        return [*errors, *_answer_errors(submission, level, decision)]
    if decision.action == "reject":
        errors = gate.reviewer_errors(submission, level, user)
        if not decision.opinion.strip():
            errors.append(_("Say what should be changed."))
        return errors
    return [_("There is no such decision.")]


def _answer_errors(submission: Submission, level: str, decision: Decision) -> list[str]:
    """Return what a reviewer still has to answer before approving."""
    errors = tick_errors(decision.ticks)
    if answers_for_secrecy(submission.levels, level):
        if decision.secrecy == SecrecyResult.SECRET:
            errors.append(_("What must not be public cannot be approved. Return it."))
        elif decision.secrecy != SecrecyResult.OPEN:
            errors.append(_("Say how the secrecy review ended."))
    return errors


def tick_errors(ticks: Iterable[str]) -> list[str]:
    """Return an error unless every line of the proof-reading list is ticked."""
    if set(ticks) != set(ProofreadingItem.values):
        return [_("Tick every line of the proof-reading list, or return the item.")]
    return []


def _append(
    kind: RecordEntry.Kind,
    submission: Submission,
    task_state: TaskState,
    user: User,
    decision: Decision,
) -> RecordEntry:
    """Append a decision on this submission to the record.

    Of a level that is not asked for secrecy, no answer is kept, whatever was sent.
    """
    level = task_state.task.specific.level
    is_asked = answers_for_secrecy(submission.levels, level)
    return record.append(
        kind,
        submission.page,
        submission.revision,
        user=user,
        level=level,
        levels=submission.levels,
        urgent=submission.urgent,
        opinion=decision.opinion,
        ticks=sorted(decision.ticks),
        secrecy=decision.secrecy if is_asked else "",
        workflow_state_id=submission.workflow_state.pk,
        detail={"rule": submission.rule_version},
    )


def record_entries(workflow_state: WorkflowState) -> QuerySet[RecordEntry]:
    """Return what the record says of this submission, oldest first."""
    return RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)

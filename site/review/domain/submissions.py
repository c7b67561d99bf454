"""Submitting: an item begins to wait at a level, goes on from there, and waits no more.

Wagtail starts and ends the levels; what each start and each end sets off is named here.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Task, TaskState, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.media import file_locks
from core.publishing.refusals import PublishingRefused
from review import notices, queue
from review.domain.gate import DECIDED_MEANWHILE, Submission, level_of
from review.models.queue import QueueItem, Suggestion

# After how many items a rebuild reports its progress.
PROGRESS_INTERVAL = 100
# From each of these on, every level decides anew.
BEGINNINGS = [RecordEntry.Kind.SUBMISSION, RecordEntry.Kind.CORRECTION]


def start_level(
    task_state: TaskState, level: str, submission: Submission, user: User | None = None
) -> QueueItem:
    """Let `submission` wait at `level`.

    Effects, in this order: the record gets the submission, at its first level alone; the queue
    gets the item, with those who are excluded from deciding on it; the files that the text shows
    are locked; those who may decide are notified.
    """
    _record_submission(submission, user)
    item = queue.add_item(task_state, level, submission)
    file_locks.lock_files(submission.text.pk, submission.text)
    notices.item_waiting(item)
    return item


def _record_submission(submission: Submission, user: User | None) -> None:
    workflow_state = submission.workflow_state
    entries = RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)
    returned = entries.filter(kind=RecordEntry.Kind.RETURN).last()
    since_return = entries.filter(kind__in=BEGINNINGS, pk__gt=returned.pk if returned else 0)
    if not since_return.exists():
        record.append(
            RecordEntry.Kind.SUBMISSION,
            submission.page,
            submission.revision,
            user=user or workflow_state.requested_by,
            workflow_state_id=workflow_state.pk,
            levels=submission.levels,
            urgent=submission.urgent,
            detail=_submission_detail(submission, returned),
        )


def _submission_detail(submission: Submission, returned: RecordEntry | None) -> dict[str, Any]:
    """Return the rule in force, and whose suggestion was taken over since the item came back."""
    detail: dict[str, Any] = {
        "rule": submission.rule_version,
        "authors": sorted(submission.authors),
    }
    accepted = Suggestion.objects.filter(
        workflow_state_id=submission.workflow_state.pk, accepted_at__isnull=False
    )
    if returned:
        accepted = accepted.filter(accepted_at__gte=returned.at)
    if suggesters := sorted(set(accepted.exclude(by=None).values_list("by", flat=True))):
        detail["suggested_by"] = suggesters
    return detail


def reopen_task(workflow_state: WorkflowState, level: str) -> bool:
    """Have Wagtail find the task of `level` open; return False if that task is switched off.

    Then the item stays where it is and the gate says why, instead of Wagtail searching for ever.
    """
    active = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow, active=True)
    tasks = [task for task in active if getattr(task.specific, "level", None) == level]
    # Wagtail counts what was approved of this revision; we count this content, at this place.
    passed = [TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED]
    workflow_state.task_states.filter(task__in=tasks, status__in=passed).update(
        status=TaskState.STATUS_CANCELLED
    )
    return bool(tasks)


def leave_level(task_state: TaskState, status: str, user: User | None) -> None:
    """End a level without a decision; Wagtail then starts the next one that is owed.

    Effects: those of `end_level` here and of `start_level` there.
    """
    task_state.status, task_state.finished_at = status, timezone.now()
    task_state.save()
    task_state.workflow_state.update(user=user)


def end_level(task_state: TaskState) -> None:
    """A level is done: its item leaves the queue, and notices about it ask no more."""
    queue.remove_item(task_state.pk)
    notices.close_waiting(task_state.pk)


def end_submission(workflow_state: WorkflowState) -> None:
    """Unlock the files of a closed submission; of an approved one, publication does that."""
    page = Page.objects.filter(pk=workflow_state.object_id).first()
    approved = workflow_state.status == WorkflowState.STATUS_APPROVED
    if page is None or not (approved or page.scheduled_revision):
        file_locks.release_files(int(workflow_state.object_id))


def refuse_late_cancellation(workflow_state: WorkflowState) -> None:
    """Raise PublishingRefused if a submission was approved since this object was read."""
    rows = WorkflowState.objects.filter(pk=workflow_state.pk)
    if connection.in_atomic_block:
        # As a decision locks it: of the two one comes first, and the other sees it.
        rows = rows.select_for_update()
    if rows.values_list("status", flat=True).get() == WorkflowState.STATUS_APPROVED:
        raise PublishingRefused(str(DECIDED_MEANWHILE))


def record_recall(workflow_state: WorkflowState, user: User | None) -> None:
    """Put on the record that its author called a submission back.

    A withdrawal has said so itself, and what was never recorded leaves nothing to end.
    """
    entries = RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)
    last, page = entries.last(), workflow_state.content_object
    if last is None or last.kind == RecordEntry.Kind.RECALL or page is None:
        return
    task_state = workflow_state.current_task_state
    revision = task_state.revision if task_state else None
    record.append(
        RecordEntry.Kind.RECALL,
        page.specific,
        revision or page.get_latest_revision(),
        user=user,
        workflow_state_id=workflow_state.pk,
    )


def ask_pool(district_key: UUID | None = None) -> None:
    """Ask the pool for the items that no reviewer of their school can decide any more.

    Effects: the queue shows them to the pool; its people are notified.
    """
    for item in queue.update_asks_pool(district_key):
        notices.item_waiting(item)


def waiting_states() -> QuerySet[TaskState]:
    """Return the task states at which submissions wait, by Wagtail's own rows."""
    states: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return states


@transaction.atomic
def rebuild_queue(report: Callable[[int, int], None] | None = None) -> int:
    """Make the queue anew from Wagtail's states; return how many items wait.

    `report(done, total)` is called now and then, and at the end. Effects: those of `start_level`,
    of which the record and the notices have what they had.
    """
    QueueItem.objects.all().delete()
    states = waiting_states().select_related("workflow_state", "task")
    added, total = 0, states.count()
    for done, task_state in enumerate(states.iterator(), start=1):
        workflow_state, level = task_state.workflow_state, level_of(task_state)
        page = workflow_state.content_object
        if level and page is not None:
            start_level(task_state, level, Submission(page.specific, workflow_state))
            added += 1
        if report and (done % PROGRESS_INTERVAL == 0 or done == total):
            report(done, total)
    return added


@transaction.atomic
def restore_item(task_state: TaskState) -> None:
    """Put a waiting item that the queue lacks into it, unless it has been decided meanwhile.

    Effects: those of `start_level`.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    page, level = workflow_state.content_object, level_of(task_state)
    missing = (
        workflow_state.current_task_state_id == task_state.pk
        and not QueueItem.objects.filter(pk=task_state.pk).exists()
    )
    if missing and level and page is not None:
        start_level(task_state, level, Submission(page.specific, workflow_state))

"""After a change of level rules: what waits at a level that is owed no longer goes on."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from core.publishing.refusals import PublishingRefused
from review.domain import submissions
from review.domain.gate import Submission
from review.models.queue import QueueItem


@dataclass
class RuleChangeOutcome:
    """How many items moved to another level; title and reason of those that could not."""

    moved: int = 0
    held_up: list[tuple[str, str]] = field(default_factory=list)


def apply_level_rules(district_key: UUID, user: User | None = None) -> RuleChangeOutcome:
    """Lead every waiting item of the district to the level it owes by the rules as they are now.

    An item that owes nothing any more stays where it is and can be returned there: a change of
    the rules publishes nothing. Call it in the transaction of the change: a decision made at the
    same time waits, and then sees the new rule.

    Effects on each item that goes on: those of `submissions.leave_level`.
    """
    outcome = RuleChangeOutcome()
    items = QueueItem.objects.filter(district_key=district_key).order_by("submitted_at", "pk")
    for workflow_state_id, title in list(items.values_list("workflow_state_id", "title")):
        try:
            with transaction.atomic():
                outcome.moved += _move_to_owed_level(workflow_state_id, user)
        except PublishingRefused as refusal:
            outcome.held_up.append((title, str(refusal)))
    return outcome


def _move_to_owed_level(workflow_state_id: int, user: User | None) -> bool:
    """Return whether the item was at a level that is not the one it owes, and has left it.

    Raises:
        PublishingRefused: it owes no level any more.
    """
    workflow_state = WorkflowState.objects.select_for_update().get(pk=workflow_state_id)
    task_state = workflow_state.current_task_state
    if workflow_state.status != WorkflowState.STATUS_IN_PROGRESS or task_state is None:
        return False
    level = task_state.task.specific.level
    submission = Submission(workflow_state.content_object.specific, workflow_state)
    owed = submission.owed_level
    # Without any rule nothing passes: the gate says so where the item waits.
    if not submission.levels or owed == level:
        return False
    if owed is None:
        raise PublishingRefused(_("A changed rule alone publishes nothing. Return the item."))
    if not submissions.reopen_task(workflow_state, owed):
        return False
    earlier = level in submission.levels and level not in submission.approvals
    status = TaskState.STATUS_CANCELLED if earlier else TaskState.STATUS_SKIPPED
    task_state.workflow_state, task_state.finished_by = workflow_state, user
    submissions.leave_level(task_state, status, user)
    return True

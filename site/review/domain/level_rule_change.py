"""After a change of level rules: what waits at a level that is owed no longer goes on."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from core.publishing.refusals import PublishingRefused
from review.domain.gate import Submission
from review.models.queue import QueueItem


@dataclass
class RuleChangeOutcome:
    """How many items moved to another level or out of review, and which could not."""

    moved: int = 0
    held_up: list[tuple[str, str]] = field(default_factory=list)


def apply_level_rules(district_key, user=None) -> RuleChangeOutcome:
    """Lead every waiting item of the district to the level it owes by the rules as they are now.

    An item that owes nothing any more stays where it is and can be returned there: a change of
    the rules publishes nothing. Call it in the transaction of the change: a decision made at the
    same time waits, and then sees the new rule.
    """
    outcome = RuleChangeOutcome()
    waiting = QueueItem.objects.filter(district_key=district_key).order_by("submitted_at", "pk")
    for workflow_state_id, title in list(waiting.values_list("workflow_state_id", "title")):
        try:
            with transaction.atomic():
                outcome.moved += _lead_on(workflow_state_id, user)
        except PublishingRefused as refusal:
            outcome.held_up.append((title, str(refusal)))
    return outcome


def _lead_on(workflow_state_id: int, user) -> bool:
    """Whether the item was at a level that is not the one it owes, and has left it."""
    state = WorkflowState.objects.select_for_update().get(pk=workflow_state_id)
    task_state = state.current_task_state
    if state.status != WorkflowState.STATUS_IN_PROGRESS or task_state is None:
        return False
    task = task_state.task.specific
    case = Submission(state.content_object.specific, state)
    owed = case.owed_level
    # Without any rule nothing passes: the gate says so where the item waits.
    if not case.levels or owed == task.level:
        return False
    if owed is None:
        raise PublishingRefused(_("A changed rule alone publishes nothing. Return the item."))
    if not task.reopen(owed, state):
        return False
    earlier = task.level in case.levels and task.level not in case.approvals
    task_state.status = TaskState.STATUS_CANCELLED if earlier else TaskState.STATUS_SKIPPED
    task_state.finished_at, task_state.finished_by = timezone.now(), user
    task_state.save()
    state.update(user=user)
    return True

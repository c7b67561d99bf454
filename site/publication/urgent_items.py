"""Urgent items: which submissions they are, and the check they owe once they are public."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import WorkflowState

from publication.models import UrgentItem

CHECK_WITHIN = timedelta(hours=24)


def is_urgent(workflow_state: WorkflowState | None) -> bool:
    """Return whether a submission passes by the urgent rule."""
    return (
        workflow_state is not None
        and UrgentItem.objects.filter(workflow_state_id=workflow_state.pk).exists()
    )


def owe_post_publication_check(workflow_state_id: int) -> None:
    """Set the term within which a third person has to check an item that is public from now on."""
    UrgentItem.objects.filter(workflow_state_id=workflow_state_id).update(
        check_due_at=timezone.now() + CHECK_WITHIN
    )

"""Urgent items: which submissions they are, and the check they owe once they are public."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from accounts.models import User
from audit.models import RecordEntry
from publication.models import UrgentItem
from publication.recipients import users_with_ids, writers
from roles import reviewers
from roles.level_rules import level_rule

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


def post_publication_checkers(urgent_item: UrgentItem) -> QuerySet[User]:
    """Return who may check an urgent item that is public: reviewers who took no part in it.

    They are none of its authors, as the gate counted them when it published, and did not approve
    it. Nobody while it is not public.
    """
    page = Page.objects.filter(pk=urgent_item.page_id).first()
    entries = RecordEntry.objects.filter(workflow_state_id=urgent_item.workflow_state_id)
    publication = entries.filter(kind=RecordEntry.Kind.PUBLICATION).last()
    if page is None or publication is None:
        return users_with_ids([])
    approvals = entries.filter(kind=RecordEntry.Kind.APPROVAL)
    excluded_ids = set(approvals.values_list("user_id", flat=True)) | writers(publication)
    excluded_ids |= set(publication.detail.get("authors", []))
    rule = level_rule(page)
    ids = reviewers.reviewer_ids_at_any(page, rule.levels if rule else [])
    return users_with_ids(ids - excluded_ids)

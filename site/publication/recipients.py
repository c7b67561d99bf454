"""Whom a publication concerns: writers, final approvers, and who may check it afterwards."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from publication.models import UrgentItem
from roles import reviewers
from roles.level_rules import level_rule
from roles.models import Level


def users_with_ids(ids: Iterable[int]) -> QuerySet[User]:
    """Return the accounts with these ids."""
    return User.objects.filter(pk__in=ids)


def final_approvers(district_key: UUID | None) -> QuerySet[User]:
    """Return the district's final approvers, deputies included."""
    users: QuerySet[User] = reviewers.reviewers_at(
        [district_key] if district_key else [], Level.FINAL
    )
    return users


def writers(entry: RecordEntry) -> set[int]:
    """Return the ids of who submitted and who wrote what `entry` is about, since the last version.

    By the record, not by what is live: when a publication is announced the page is live already.
    """
    page = Page.objects.filter(pk=entry.page_id).first()
    if page is None:
        return set()
    revisions = page.revisions.exclude(user=None).filter(pk__lte=entry.revision_id or 0)
    previous = _previous_public_entry(entry)
    if previous is not None:
        revisions = revisions.filter(pk__gt=previous.revision_id or 0)
    return set(revisions.values_list("user_id", flat=True)) | submitters(entry)


def _previous_public_entry(entry: RecordEntry) -> RecordEntry | None:
    """Return the entry about the version that was public before the one that `entry` is about."""
    earlier = RecordEntry.objects.filter(page_id=entry.page_id, pk__lt=entry.pk)
    publications = earlier.filter(kind__in=record.WENT_PUBLIC).order_by("-pk")
    # What is withdrawn or checked is the last version itself; the one before it is asked for.
    about_last = entry.kind in (
        RecordEntry.Kind.WITHDRAWAL,
        RecordEntry.Kind.POST_PUBLICATION_CHECK,
    )
    return publications[1:].first() if about_last else publications.first()


def submitters(entry: RecordEntry) -> set[int]:
    """Return the id of who submitted the text, in the submission that `entry` belongs to."""
    states = WorkflowState.objects.filter(pk=entry.workflow_state_id).exclude(requested_by=None)
    return set(states.values_list("requested_by", flat=True))


def users_who_may_edit(ids: Iterable[int], page: Page) -> set[int]:
    """Return the ids of those of these people who may edit the page now."""
    page = page.specific
    users = users_with_ids(ids).filter(is_active=True, is_superuser=False)
    return {user.pk for user in users if page.permissions_for_user(user).can_edit()}


def post_publication_checkers(urgent_item: UrgentItem) -> QuerySet[User]:
    """Return who may check an urgent item that is public: reviewers who took no part in it.

    They neither wrote nor approved it. Nobody while it is not public.
    """
    page = Page.objects.filter(pk=urgent_item.page_id).first()
    entries = RecordEntry.objects.filter(workflow_state_id=urgent_item.workflow_state_id)
    publication = entries.filter(kind=RecordEntry.Kind.PUBLICATION).last()
    if page is None or publication is None:
        return users_with_ids([])
    approvals = entries.filter(kind=RecordEntry.Kind.APPROVAL)
    approvers = set(approvals.values_list("user_id", flat=True))
    rule = level_rule(page)
    ids = reviewers.reviewer_ids_at_any(page, rule.levels if rule else [])
    return users_with_ids(ids - writers(publication) - approvers)

"""Whom a publication concerns: writers, final approvers, and who may check it afterwards."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from roles import reviewers
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


def with_final_approvers(rows: QuerySet) -> QuerySet:
    """Return the rows of districts that have somebody to notify; others would fill every run."""
    keys: Iterable[UUID] = rows.order_by().values_list("district_key", flat=True).distinct()
    return rows.filter(
        district_key__in=[
            key for key in keys if final_approvers(key).filter(is_superuser=False).exists()
        ]
    )

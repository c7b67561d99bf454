"""Whom an event concerns: the people who can act on it, and who wrote the text."""

from django.db.models import QuerySet
from wagtail.models import Page

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from publication.recipients import users_who_may_edit, writers
from review.domain import pool
from review.domain.authorship import author_ids
from review.models.queue import QueueItem
from roles.models import Role, RoleGroup
from roles.scopes import scope_keys


def deciders(item: QueueItem) -> QuerySet[User]:
    """Return who may decide on a waiting item now: its level's reviewers but authors and approvers.

    Asked of the revisions and the record, as the gate does: the rows of `ExcludedReviewer` may be
    older.
    """
    page = Page.objects.filter(pk=item.page_id).first()
    if page is None:
        return User.objects.none()
    approvals = record.approvals(item.workflow_state, item.digest)
    excluded_ids = author_ids(page) | set(approvals.values())
    candidates = pool.item_reviewers(page, item.workflow_state, item.level, excluded_ids)
    return candidates.exclude(pk__in=excluded_ids)


def editors(entry: RecordEntry) -> set[int]:
    """Return the ids of those writers who still may edit the page; if none, their colleagues'."""
    page = Page.objects.filter(pk=entry.page_id).first()
    if page is None:
        return set()
    groups = RoleGroup.objects.filter(
        role__in=[Role.SCHOOL_EDITOR, Role.WEB_EDITOR], scope_key__in=scope_keys(page)
    )
    colleagues = groups.values_list("group__user", flat=True)
    return users_who_may_edit(writers(entry), page) or users_who_may_edit(colleagues, page)

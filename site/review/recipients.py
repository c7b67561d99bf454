"""Whom an event concerns: the people who can act on it, and who wrote the text."""

from wagtail.models import Page

from audit import record
from publication.recipients import users_who_may_edit, users_with_ids, writers
from review.domain.authorship import author_ids
from roles import reviewers
from roles.models import Role, RoleGroup
from roles.scopes import scope_keys


def deciders(item):
    """Who may decide on a waiting item now: its level's reviewers but authors and approvers.

    Asked of the revisions and the record, as the gate does; the rows of `Bar` may come later.
    """
    page = Page.objects.filter(pk=item.page_id).first()
    if page is None:
        return users_with_ids([])
    barred = author_ids(page) | set(record.approvals(item.workflow_state, item.digest).values())
    return reviewers.reviewers_of(page, item.level).exclude(pk__in=barred)


def editors(entry) -> set[int]:
    """Of the writers, those who still may edit the page; if nobody is left, their colleagues."""
    page = Page.objects.filter(pk=entry.page_id).first()
    if page is None:
        return set()
    writing = RoleGroup.objects.filter(
        role__in=[Role.SCHOOL_EDITOR, Role.WEB_EDITOR], scope_key__in=scope_keys(page)
    )
    colleagues = writing.values_list("group__user", flat=True)
    return users_who_may_edit(writers(entry), page) or users_who_may_edit(colleagues, page)

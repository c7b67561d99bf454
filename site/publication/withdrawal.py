"""Withdrawal (撤稿): a final approver takes a page down, with everything that depends on it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.models import BasePage, IndexPage
from core.publishing.refusals import Refused
from core.tree import HOME_DEPTH, below_paths, below_root, workflow_states_of
from publication import permissions, schedule
from publication.page_locks import lock_pages
from publication.unpublish import unpublish_pages

OPEN_STATUSES = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


def pages_to_withdraw(page: Page) -> list[BasePage]:
    """Return the live pages that come down with `page`, itself first if it is live.

    Its descendants, translations in every language and aliases, and theirs.
    """
    pages = {page.pk: page.specific}
    newly_found = [page]
    while newly_found:
        depends_on_them = (
            below_paths(each.path for each in newly_found)
            | Q(alias_of__in=[each.pk for each in newly_found])
            | Q(translation_key__in=[each.translation_key for each in newly_found])
        )
        others = Page.objects.live().filter(depends_on_them, below_root()).exclude(pk__in=pages)
        newly_found = list(others.order_by("path").specific())
        pages |= {each.pk: each for each in newly_found}
    return [each for each in pages.values() if each.live]


def withdrawal_errors(page: Page, user: User) -> list[str]:
    """Return why `user` may not withdraw `page` now; empty if nothing stands against it."""
    if not permissions.may_withdraw(user, page):
        return [_("Only a final approver of the district withdraws a page.")]
    if page.depth <= HOME_DEPTH or issubclass(page.specific_class, IndexPage):
        return [_("This page belongs to the site's framework and stays.")]
    if not page.live:
        return [_("This page is not public.")]
    return []


@transaction.atomic
def withdraw(page: Page, user: User, reason: str) -> list[BasePage]:
    """Take `page` and all of `pages_to_withdraw` down at once; return the pages that came down.

    Effects, in order:
        reviews of these pages and of drafts below them end, each with an entry; that takes the
            items out of the queue and closes the notices about them (`review.receivers`)
        times of these pages and of drafts below them are taken back (`schedule.unschedule`)
        the pages come down: record, notices, files, search, renditions (`unpublish_pages`)

    Raises:
        Refused: with the errors; nothing has changed.
    """
    reason = reason.strip()
    # Submissions before pages, as a decision locks them: two at once wait, never block each other.
    list(_open_workflow_states(_at_or_below(pages_to_withdraw(page))))
    page = lock_pages([page])[0]
    errors = withdrawal_errors(page, user)
    if not reason:
        errors.append(_("Say why the page is withdrawn."))
    if errors:
        raise Refused(errors)
    pages = lock_pages(pages_to_withdraw(page))
    if not all(permissions.may_withdraw(user, each) for each in pages):
        raise Refused([_("Not all of these pages are in your district.")])
    affected = list(_at_or_below(pages))
    end_reviews(affected, user, reason)
    for each in affected:
        if each.scheduled_revision:
            schedule.unschedule(each, user, reason, withdrawn=True)
    unpublish_pages(
        pages,
        RecordEntry.Kind.WITHDRAWAL,
        user=user,
        opinion=reason,
        detail={"withdrawn_with": page.pk},
    )
    return pages


def end_reviews(pages: Iterable[Page], user: User, reason: str) -> list[RecordEntry]:
    """End every open review of these pages; the drafts stay. Return the entries that say why."""
    entries = []
    for workflow_state in _open_workflow_states(pages):
        entry = record.append(
            RecordEntry.Kind.RECALL,
            workflow_state.content_object.specific,
            workflow_state.current_task_state.revision,
            user=user,
            workflow_state_id=workflow_state.pk,
            opinion=reason,
            detail={"reason": "withdrawn"},
        )
        entries.append(entry)
        workflow_state.cancel(user=user)
    return entries


def _open_workflow_states(pages: Iterable[Page]) -> QuerySet[WorkflowState]:
    """Return the submissions of these pages that are not closed, locked when they are read."""
    states = workflow_states_of(Page.objects.filter(pk__in=[page.pk for page in pages]))
    open_states: QuerySet[WorkflowState] = states.filter(status__in=OPEN_STATUSES)
    return open_states.select_for_update().order_by("pk")


def _at_or_below(pages: Iterable[Page]) -> QuerySet[Page]:
    """Return these pages and everything below them, drafts included."""
    branch: QuerySet[Page] = Page.objects.filter(
        below_paths(page.path for page in pages)
    ).specific()
    return branch

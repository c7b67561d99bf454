"""Withdrawal (撤稿): the final approver takes a page down, with all that hangs on it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from audit import record
from audit.models import RecordEntry
from core.models import IndexPage
from core.publishing.refusals import Refused
from core.tree import HOME_DEPTH, below_paths, below_root
from publication import schedule, unpublish
from roles import reviewers
from roles.models import Level
from roles.scopes import workflow_states_of

RUNNING = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]


def pages_to_withdraw(page) -> list[Page]:
    """The live pages that come down with `page`, itself first if it is live.

    Its descendants, translations in every language and aliases, and theirs.
    """
    found = {page.pk: page.specific}
    news = [page]
    while news:
        wanted = (
            below_paths(each.path for each in news)
            | Q(alias_of__in=[each.pk for each in news])
            | Q(translation_key__in=[each.translation_key for each in news])
        )
        more = Page.objects.live().filter(wanted, below_root()).exclude(pk__in=found)
        news = list(more.order_by("path").specific())
        found |= {each.pk: each for each in news}
    return [each for each in found.values() if each.live]


def may_withdraw(page, user) -> bool:
    """Whether this person may withdraw this page now."""
    return not withdrawal_errors(page, user)


def withdrawal_errors(page, user) -> list[str]:
    """Why `user` may not withdraw `page`; empty if nothing stands against it."""
    if not reviewers.is_reviewer(user, page, Level.FINAL):
        return [_("Only a final approver of the district withdraws a page.")]
    if page.depth <= HOME_DEPTH or issubclass(page.specific_class, IndexPage):
        return [_("This page belongs to the site's framework and stays.")]
    if not page.live:
        return [_("This page is not public.")]
    return []


@transaction.atomic
def withdraw(page, user, reason: str) -> list[Page]:
    """Take `page` and all of `affected` down at once; returns the pages that came down.

    Raises:
        Refused: with the reasons; nothing has changed.
    """
    reason = reason.strip()
    # Submissions before pages, as a decision locks them: two at once wait, never block each other.
    list(_running_reviews(list(_at_or_below(pages_to_withdraw(page)))))
    page = unpublish.lock_pages([page])[0]
    reasons = withdrawal_errors(page, user)
    if not reason:
        reasons.append(_("Say why the page is withdrawn."))
    if reasons:
        raise Refused(reasons)
    pages = unpublish.lock_pages(pages_to_withdraw(page))
    refused = [each for each in pages if not reviewers.is_reviewer(user, each, Level.FINAL)]
    if refused:
        raise Refused([_("Not all of these pages are in your district.")])
    at = timezone.now()
    below = list(_at_or_below(pages))
    end_reviews(below, user, reason)
    for each in below:
        if each.scheduled_revision:
            schedule.unschedule(each, user, reason, withdrawn=True)
    unpublish.unpublish_pages(
        pages,
        RecordEntry.Kind.WITHDRAWAL,
        user=user,
        at=at,
        opinion=reason,
        detail={"withdrawn_with": page.pk},
    )
    return pages


def end_reviews(pages, user, reason: str) -> None:
    """End every review of these pages; the record says why, the drafts stay."""
    for state in _running_reviews(pages):
        under_review = state.content_object.specific
        record.append(
            RecordEntry.Kind.RECALL,
            under_review,
            state.current_task_state.revision,
            user=user,
            workflow_state_id=state.pk,
            opinion=reason,
            detail={"reason": "withdrawn"},
        )
        state.cancel(user=user)


def _running_reviews(pages):
    """The submissions of these pages that are not closed, each locked when it is read."""
    found = workflow_states_of(Page.objects.filter(pk__in=[page.pk for page in pages]))
    return found.filter(status__in=RUNNING).select_for_update().order_by("pk")


def _at_or_below(pages):
    """These pages and everything below them, drafts included."""
    return Page.objects.filter(below_paths(page.path for page in pages)).specific()

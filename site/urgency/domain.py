"""Urgent items (加急): two distinct people now, and a third person's check within 24 hours."""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.publishing.refusals import Refused
from publication.models import UrgentItem
from review import queue
from review.domain import decisions, gate, submissions
from review.domain.gate import Submission
from roles import reviewers
from roles.level_rules import level_rule
from roles.models import Role
from roles.role_queries import scope_keys_held_by
from roles.scopes import district_key_of
from urgency import notices, permissions


@transaction.atomic
def mark_urgent(task_state: TaskState, user: User, reason: str) -> UrgentItem:
    """Let a waiting item pass by the urgent rule; at a level no longer owed it goes on at once.

    Effects, in this order: an UrgentItem; the record gets the mark; the queue shows it; those who
    may decide are notified; a level that the urgent rule does not ask is left
    (`submissions.leave_level`).

    Raises:
        Refused: not this person, decided meanwhile, marked already, or no reason.
    """
    task_state, submission = decisions.lock_submission(task_state)
    if errors := _marking_errors(task_state, submission, user, reason):
        raise Refused(errors)
    urgent_item = UrgentItem.objects.create(
        workflow_state_id=submission.workflow_state.pk,
        page_id=submission.page.pk,
        page_path=submission.page.path,
        title=submission.page.draft_title or submission.page.title,
        # A page under review lies below a home page.
        district_key=cast(UUID, district_key_of(submission.page)),
        reason=reason,
    )
    levels = Submission(submission.page, submission.workflow_state).levels
    entry = record.append(
        RecordEntry.Kind.URGENT,
        submission.page,
        submission.revision,
        user=user,
        levels=levels,
        urgent=True,
        opinion=reason,
        workflow_state_id=submission.workflow_state.pk,
    )
    queue.mark_item_urgent(task_state.pk)
    notices.marked_urgent(entry)
    if task_state.task.specific.level not in levels:
        submissions.leave_level(task_state, TaskState.STATUS_SKIPPED, user)
    return urgent_item


def marker_errors(user: User, page: Page | None) -> list[str]:
    """Return an error unless `user` is of the committee that marks items of this page urgent."""
    if page is None or not permissions.may_mark_urgent(user, page):
        return [_("Only the section or the final approver marks an item urgent.")]
    return []


def _marking_errors(
    task_state: TaskState, submission: Submission, user: User, reason: str
) -> list[str]:
    """Return why `user` may not mark the submission urgent; empty if nothing stands against it."""
    errors = gate.state_errors(task_state)
    errors += marker_errors(user, submission.page)
    errors += gate.author_errors(submission, user)
    if submission.urgent:
        errors.append(_("This item is urgent already."))
    if not reason.strip():
        errors.append(_("Say why it cannot wait."))
    if not errors and not _can_be_checked(submission):
        message = _("Nobody would be left for the check. Name a deputy first, or let it wait.")
        errors.append(message)
    return errors


def _can_be_checked(submission: Submission) -> bool:
    """Return whether each urgent level that is still owed, and the check, can have its person."""
    rule = level_rule(submission.page)
    if rule is None:
        return True
    page, excluded_ids = submission.page, submission.excluded_ids()
    owed = [level for level in rule.levels_for(True) if level not in submission.approvals]
    deciding = [reviewers.possible_reviewer_ids(page, level) - excluded_ids for level in owed]
    checking = reviewers.reviewer_ids_at_any(page, rule.levels) - excluded_ids
    return reviewers.can_assign_distinct([*deciding, checking])


def owed_checks() -> QuerySet[UrgentItem]:
    """Return the published urgent items that no third person has checked, most pressing first."""
    return UrgentItem.objects.exclude(check_due_at=None).filter(checked_at=None)


def is_overdue(urgent_item: UrgentItem) -> bool:
    """Return whether the time for the check is over."""
    return urgent_item.check_due_at is not None and urgent_item.check_due_at < timezone.now()


def open_checks_for(user: User) -> list[UrgentItem]:
    """Return the published urgent items that `user` may check."""
    return [
        urgent_item
        for urgent_item in owed_checks()
        if permissions.may_check_after_publication(user, urgent_item)
    ]


def checks_overseen_by(user: User) -> QuerySet[UrgentItem]:
    """Return those of the districts where `user` decides finally (a superuser: all)."""
    if user.is_superuser:
        return owed_checks()
    keys = scope_keys_held_by(user, Role.FINAL_APPROVER)
    return owed_checks().filter(district_key__in=keys)


@transaction.atomic
def check_after_publication(
    urgent_item: UrgentItem, user: User, opinion: str, in_order: bool
) -> None:
    """Put the third person's check on the record; a fault is then withdrawn by a final approver.

    Effects, in this order: the item is checked; the record gets the check; notices that ask for it
    are closed, and of a fault the final approvers are notified.

    Raises:
        Refused: not this person (wrote, approved, no reviewer), checked already, no opinion.
    """
    urgent_item = UrgentItem.objects.select_for_update().get(pk=urgent_item.pk)
    if errors := _check_errors(urgent_item, user, opinion, in_order):
        raise Refused(errors)
    urgent_item.checked_at = timezone.now()
    urgent_item.save()
    entries = RecordEntry.objects.filter(workflow_state_id=urgent_item.workflow_state_id)
    publication = entries.filter(kind=RecordEntry.Kind.PUBLICATION).order_by("-pk")[0]
    entry = record.append_without_content(
        RecordEntry.Kind.POST_PUBLICATION_CHECK,
        urgent_item.title,
        user=user,
        district_key=urgent_item.district_key,
        page_id=urgent_item.page_id,
        page_path=publication.page_path,
        content_kind=publication.content_kind,
        school=publication.school,
        revision_id=publication.revision_id,
        digest=publication.digest,
        levels=publication.levels,
        urgent=True,
        workflow_state_id=urgent_item.workflow_state_id,
        opinion=opinion,
        detail={"in_order": in_order},
    )
    notices.checked(entry)


def _check_errors(urgent_item: UrgentItem, user: User, opinion: str, in_order: bool) -> list[str]:
    """Return why `user` may not put this check on the record; empty if nothing stands against."""
    errors = []
    if urgent_item.check_due_at is None:
        errors.append(_("It is not public yet."))
    elif urgent_item.checked_at:
        errors.append(_("Somebody has checked it already."))
    elif not permissions.may_check_after_publication(user, urgent_item):
        errors.append(_("A reviewer who neither wrote nor approved it has to check it."))
    if not in_order and not opinion.strip():
        errors.append(_("Say what is not in order."))
    return errors

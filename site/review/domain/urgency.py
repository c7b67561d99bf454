"""Urgent items (加急): two distinct people now, a third person's look within 24 hours."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from audit import record
from audit.models import RecordEntry
from core.publishing.refusals import Refused
from publication.models import UrgentItem
from publication.recipients import post_publication_checkers
from review import notices, queue
from review.domain import decisions, gate
from review.models.queue import QueueItem
from roles import reviewers
from roles.level_rules import level_rule
from roles.models import Level, Role
from roles.role_queries import scope_keys_held_by

MAY_MARK = (Level.SECTION, Level.FINAL)


def may_mark_urgent(user, page) -> bool:
    """Whether this person of the committee may mark an item urgent."""
    return any(reviewers.is_reviewer(user, page, level) for level in MAY_MARK)


@transaction.atomic
def mark_urgent(task_state, user, reason: str) -> UrgentItem:
    """Let a waiting item pass by the urgent rule; at a level no longer owed it goes on at once.

    Raises:
        gate.Refused: not this person, decided meanwhile, marked already, or no reason.
    """
    task_state, case = decisions.locked_case(task_state)
    reasons = gate.state_errors(task_state)
    if not may_mark_urgent(user, case.page):
        reasons.append(_("Only the section or the final approver marks an item urgent."))
    if user.pk in case.authors:
        reasons.append(_("You wrote part of this text, so somebody else has to decide."))
    if case.urgent:
        reasons.append(_("This item is urgent already."))
    if not reason.strip():
        reasons.append(_("Say why it cannot wait."))
    if not reasons and not _somebody_can_look(case):
        words = _("Nobody would be left for the third look. Name a deputy first, or let it wait.")
        reasons.append(words)
    if reasons:
        raise Refused(reasons)
    urgency = UrgentItem.objects.create(
        workflow_state_id=case.workflow_state.pk,
        page_id=case.page.pk,
        page_path=case.page.path,
        title=case.page.draft_title or case.page.title,
        district_key=queue.district_key_of(case.page),
        reason=reason,
    )
    urgent = gate.Submission(case.page, case.workflow_state)
    entry = record.append(
        RecordEntry.Kind.URGENT,
        case.page,
        case.revision,
        user=user,
        levels=urgent.levels,
        urgent=True,
        opinion=reason,
        workflow_state_id=case.workflow_state.pk,
    )
    QueueItem.objects.filter(pk=task_state.pk).update(urgent=True)
    notices.marked_urgent(entry)
    if task_state.task.specific.level not in urgent.levels:
        skip_level(task_state, user)
    return urgency


def _somebody_can_look(case) -> bool:
    """Whether the urgent levels that have not approved yet, and the look, can have their people."""
    rule = level_rule(case.page)
    if rule is None:
        return True
    barred = case.barred()
    owed = [level for level in rule.levels_for(True) if level not in case.approvals]
    deciding = [reviewers.reviewer_ids(case.page, level) - barred for level in owed]
    looking = reviewers.reviewer_ids_at_any(case.page, rule.levels)
    return reviewers.can_assign_distinct([*deciding, looking - barred])


def skip_level(task_state, user) -> None:
    """Skip a level that is owed no longer; Wagtail starts the next one."""
    task_state.status = TaskState.STATUS_SKIPPED
    task_state.finished_at = timezone.now()
    task_state.save()
    task_state.workflow_state.update(user=user)


def owed_checks():
    """The published urgent items that no third person has looked at, most pressing first."""
    return UrgentItem.objects.exclude(check_due_at=None).filter(checked_at=None)


def open_checks_for(user):
    """Those on which `user` may take the third look."""
    return [
        each
        for each in owed_checks()
        if post_publication_checkers(each).filter(pk=user.pk).exists()
    ]


def checks_overseen_by(user):
    """Those of the places where `user` decides finally (a superuser: all), whoever may look."""
    keys = scope_keys_held_by(user, Role.FINAL_APPROVER)
    return owed_checks() if user.is_superuser else owed_checks().filter(district_key__in=keys)


@transaction.atomic
def check_after_publication(urgency, user, opinion: str, in_order: bool) -> None:
    """Take the third look; what is not in order is then withdrawn by the final approver.

    Raises:
        gate.Refused: not this person (wrote, approved, no reviewer), looked at already, no words.
    """
    urgency = UrgentItem.objects.select_for_update().get(pk=urgency.pk)
    reasons = []
    if urgency.check_due_at is None:
        reasons.append(_("It is not public yet."))
    elif urgency.checked_at:
        reasons.append(_("Somebody has looked at it already."))
    elif not post_publication_checkers(urgency).filter(pk=user.pk).exists():
        reasons.append(_("A reviewer who neither wrote nor approved it has to look."))
    if not in_order and not opinion.strip():
        reasons.append(_("Say what is not in order."))
    if reasons:
        raise Refused(reasons)
    entries = RecordEntry.objects.filter(workflow_state_id=urgency.workflow_state_id)
    public = entries.filter(kind=RecordEntry.Kind.PUBLICATION).last()
    urgency.checked_at = timezone.now()
    urgency.save()
    entry = record.append_change(
        RecordEntry.Kind.POST_PUBLICATION_CHECK,
        urgency.title,
        user=user,
        district_key=urgency.district_key,
        page_id=urgency.page_id,
        page_path=public.page_path,
        content_kind=public.content_kind,
        school=public.school,
        revision_id=public.revision_id,
        digest=public.digest,
        levels=public.levels,
        urgent=True,
        workflow_state_id=urgency.workflow_state_id,
        opinion=opinion,
        detail={"in_order": in_order},
    )
    notices.checked(entry)

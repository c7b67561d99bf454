"""What time brings: reminders, escalations, what should have happened and has not.

Each item is its own short transaction, and each message has a key, so that two workers, a kill or
a repeated run change nothing: once for each item and level.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from notifications.models import Notice
from notifications.notices import admin_url, close_notices, notify
from publication.models import UrgentItem
from publication.notices import request_check
from publication.recipients import final_approvers
from review import notices, queue, recipients
from review.domain import gate
from review.models.queue import QueueItem
from review.queue import update_school_of_items
from roles.models import Level
from roles.scopes import district_key_of
from schools.models import SchoolPage

Kind = Notice.Kind
LATE_AFTER = timedelta(minutes=5)
# So many in one run: scheduled publication waits behind it, and so does whoever ends the worker.
BATCH = 200
# When an item that nobody could decide is tried again.
TRY_AGAIN = timedelta(days=1)


def remind(now=None) -> int:
    """Remind those who can decide of items whose term has passed; returns of how many items.

    The oldest first; those that nobody could decide stand back behind all that were never tried.
    """
    now = now or timezone.now()
    items = _untold(QueueItem.objects.filter(remind_at__lte=now), "remind", "pk")
    items = items.filter(Q(reminded_at=None) | Q(reminded_at__lte=now - TRY_AGAIN))
    items = items.order_by(F("reminded_at").asc(nulls_first=True), "remind_at", "pk")
    return sum(_remind(pk, now) for pk in list(items.values_list("pk", flat=True)[:BATCH]))


def escalate(now=None) -> int:
    """Tell the district's final approvers of what waits too long, items and looks; how many."""
    now = now or timezone.now()
    items = _untold(QueueItem.objects.filter(escalate_at__lte=now), "escalate", "pk")
    items = _with_approvers(items).order_by("escalate_at", "pk").values_list("pk", flat=True)
    told = sum(_escalate(pk) for pk in list(items[:BATCH]))
    owed = UrgentItem.objects.filter(checked_at=None, check_due_at__lte=now)
    owed = _with_approvers(_untold(owed, "look-overdue", "workflow_state_id"))
    looks = owed.order_by("check_due_at", "pk")[: BATCH - told]
    return told + sum(_escalate_look(urgency) for urgency in looks)


def _with_approvers(rows):
    """Those in districts that have somebody to be told; others would hold their places for ever."""
    keys = rows.order_by().values_list("district_key", flat=True).distinct()
    told = {key: final_approvers(key).filter(is_superuser=False) for key in keys}
    return rows.filter(district_key__in=[key for key, people in told.items() if people.exists()])


def _escalate_look(urgency) -> int:
    key = f"look-overdue:{urgency.workflow_state_id}"
    with translation.override(settings.LANGUAGE_CODE):
        told = notify(
            final_approvers(urgency.district_key),
            Kind.ESCALATION,
            key,
            _("Overdue, nobody has looked at it since it is public: %(title)s")
            % {"title": urgency.title},
            urgency.reason,
            admin_url("review_post_publication_checks"),
        )
    return int(told > 0)


def _untold(rows, name: str, number: str):
    """Those about which there is no message of this name yet, which ends in this `number`."""
    key = Concat(Value(f"{name}:"), Cast(OuterRef(number), CharField()))
    return rows.exclude(Exists(Notice.objects.filter(key=key)))


@transaction.atomic
def _remind(pk: int, now) -> int:
    item = QueueItem.objects.select_for_update().filter(pk=pk).first()
    if item is None:
        return 0
    QueueItem.objects.filter(pk=pk).update(reminded_at=now)
    # The reminder stands in place of the first message: one line for each item.
    close_notices([f"waiting:{pk}", f"urgent:{pk}"])
    with translation.override(settings.LANGUAGE_CODE):
        told = notify(
            recipients.deciders(item),
            Kind.REMINDER,
            f"remind:{item.pk}",
            _("Still waiting for your decision: %(title)s") % {"title": item.title},
            notices.summary(item),
            admin_url("review_decide", item.pk),
        )
    return int(told > 0)


@transaction.atomic
def _escalate(pk: int) -> int:
    item = QueueItem.objects.select_for_update().filter(pk=pk).first()
    if item is None:
        return 0
    # Who does not decide at that level cannot open its decision; the queue shows it to them.
    final = item.level == Level.FINAL
    url = admin_url("review_decide", pk) if final else admin_url("review_queue")
    with translation.override(settings.LANGUAGE_CODE):
        told = notify(
            final_approvers(item.district_key),
            Kind.ESCALATION,
            f"escalate:{item.pk}",
            _("Overdue, nobody has decided: %(title)s") % {"title": item.title},
            notices.summary(item),
            url,
        )
    return int(told > 0)


def late(now=None) -> int:
    """Tell the final approvers of approved texts that did not go public at their time."""
    now = now or timezone.now()
    overdue = Revision.page_revisions.filter(approved_go_live_at__lte=now - LATE_AFTER)
    return sum(_late(revision) for revision in overdue)


def _late(revision) -> int:
    page = revision.content_object
    if page is None:
        return 0
    due = timezone.localtime(revision.approved_go_live_at).strftime("%Y-%m-%d %H:%M")
    with translation.override(settings.LANGUAGE_CODE):
        told = notify(
            final_approvers(district_key_of(page)),
            Kind.FAILED,
            f"failed:{revision.pk}",
            _("Not public at its time: %(title)s") % {"title": page.get_admin_display_title()},
            _("It was to go public at %(time)s.") % {"time": due},
            admin_url("publication_schedule"),
        )
    return int(told > 0)


def heal(now=None) -> None:
    """Bring back into step what an unknown fault has left: queue, open questions, owed looks."""
    for task_state in _waiting_states().filter(queue_item=None):
        _enter(task_state)
    for item in QueueItem.objects.exclude(pk__in=_waiting_states().values("pk")):
        queue.leave(item.task_state)
    _follow_schools()
    _close_stale()
    for urgency in UrgentItem.objects.filter(checked_at=None).exclude(check_due_at=None):
        with translation.override(settings.LANGUAGE_CODE):
            request_check(urgency)


def _waiting_states():
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )


@transaction.atomic
def _enter(task_state) -> None:
    """Put a waiting item into the queue, unless it has been decided meanwhile."""
    submission = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    level = getattr(task_state.task.specific, "level", None)
    page = submission.content_object
    wanted = (
        submission.current_task_state_id == task_state.pk
        and not QueueItem.objects.filter(pk=task_state.pk).exists()
    )
    if wanted and level in Level.values and page is not None:
        queue.enter(task_state, level, gate.Submission(page.specific, submission))


def _follow_schools() -> None:
    """Give the queue the schools' public names where it kept others."""
    rows = QueueItem.objects.exclude(school_id=None).order_by()
    kept = set(rows.values_list("school_id", "school_title", "township").distinct())
    schools = SchoolPage.objects.filter(pk__in={row[0] for row in kept})
    public = {(school.pk, school.title, school.township): school for school in schools}
    stale = {row[0] for row in kept - public.keys()}
    for school in public.values():
        if school.pk in stale:
            update_school_of_items(school)


def _close_stale() -> None:
    """Close open questions about items that wait no more."""
    kinds = [Kind.WAITING, Kind.REMINDER, Kind.ESCALATION]
    keys = Notice.objects.filter(kind__in=kinds, read_at=None).order_by()
    keys = {tuple(key.split(":")) for key in keys.values_list("key", flat=True)}
    waiting = {str(pk) for pk in QueueItem.objects.values_list("pk", flat=True)}
    close_notices(
        f"{name}:{pk}" for name, pk in keys if name in notices.ABOUT_WAITING and pk not in waiting
    )

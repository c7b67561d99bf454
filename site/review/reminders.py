"""Jobs of the worker: reminders, escalations, and what fell out of step.

Each item is its own short transaction, and each notice has a key, so that two workers, a kill or
a repeated run change nothing: once for each item and level.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from publication.models import UrgentItem
from publication.notices import request_check
from publication.recipients import final_approvers
from review import notices, queue, recipients
from review.domain import submissions
from review.models.queue import QueueItem
from roles.models import Level
from roles.scopes import district_key_of
from schools.models import SchoolPage

Kind = Notice.Kind
LATE_AFTER = timedelta(minutes=5)
# So many in one run: scheduled publication waits behind it, and so does whoever ends the worker.
BATCH = 200
# When an item that nobody could decide is tried again.
TRY_AGAIN = timedelta(days=1)


def remind(now: datetime | None = None) -> int:
    """Remind those who can decide of items whose term has passed; return of how many items.

    The oldest first; those that nobody could decide stand back behind all that were never tried.
    """
    now = now or timezone.now()
    items = _without_notice(QueueItem.objects.filter(remind_at__lte=now), "remind", "pk")
    items = items.filter(Q(reminded_at=None) | Q(reminded_at__lte=now - TRY_AGAIN))
    items = items.order_by(F("reminded_at").asc(nulls_first=True), "remind_at", "pk")
    return sum(_remind(pk, now) for pk in list(items.values_list("pk", flat=True)[:BATCH]))


def escalate(now: datetime | None = None) -> int:
    """Tell the district's final approvers of overdue items and checks; return of how many."""
    now = now or timezone.now()
    items = _without_notice(QueueItem.objects.filter(escalate_at__lte=now), "escalate", "pk")
    items = _with_final_approvers(items).order_by("escalate_at", "pk")
    escalated: int = sum(_escalate(pk) for pk in list(items.values_list("pk", flat=True)[:BATCH]))
    checks = UrgentItem.objects.filter(checked_at=None, check_due_at__lte=now)
    checks = _with_final_approvers(_without_notice(checks, "look-overdue", "workflow_state_id"))
    overdue = checks.order_by("check_due_at", "pk")[: BATCH - escalated]
    escalated += sum(_escalate_check(urgent_item) for urgent_item in overdue)
    return escalated


def _without_notice(rows: QuerySet, key_name: str, id_field: str) -> QuerySet:
    """Return the rows about which there is no notice with the key `key_name:id` yet."""
    key = Concat(Value(f"{key_name}:"), Cast(OuterRef(id_field), CharField()))
    return rows.exclude(Exists(Notice.objects.filter(key=key)))


def _with_final_approvers(rows: QuerySet) -> QuerySet:
    """Return the rows of districts that have somebody to notify; others would fill every run."""
    keys: Iterable[UUID] = rows.order_by().values_list("district_key", flat=True).distinct()
    return rows.filter(
        district_key__in=[
            key for key in keys if final_approvers(key).filter(is_superuser=False).exists()
        ]
    )


@in_site_language
def _escalate_check(urgent_item: UrgentItem) -> int:
    notified = notify(
        final_approvers(urgent_item.district_key),
        Kind.ESCALATION,
        f"look-overdue:{urgent_item.workflow_state_id}",
        _("Overdue, nobody has checked it since it is public: %(title)s")
        % {"title": urgent_item.title},
        urgent_item.reason,
        admin_url("review_post_publication_checks"),
    )
    return int(notified > 0)


@transaction.atomic
@in_site_language
def _remind(pk: int, now: datetime) -> int:
    item = QueueItem.objects.select_for_update().filter(pk=pk).first()
    if item is None:
        return 0
    QueueItem.objects.filter(pk=pk).update(reminded_at=now)
    # The reminder stands in place of the first notice: one line for each item.
    close_notices([f"waiting:{pk}", f"urgent:{pk}"])
    notified = notify(
        recipients.deciders(item),
        Kind.REMINDER,
        f"remind:{item.pk}",
        _("Still waiting for your decision: %(title)s") % {"title": item.title},
        notices.summary(item),
        admin_url("review_decide", item.pk),
    )
    return int(notified > 0)


@transaction.atomic
@in_site_language
def _escalate(pk: int) -> int:
    item = QueueItem.objects.select_for_update().filter(pk=pk).first()
    if item is None:
        return 0
    # Who does not decide at that level cannot open its decision; the queue shows it to them.
    final = item.level == Level.FINAL
    notified = notify(
        final_approvers(item.district_key),
        Kind.ESCALATION,
        f"escalate:{item.pk}",
        _("Overdue, nobody has decided: %(title)s") % {"title": item.title},
        notices.summary(item),
        admin_url("review_decide", pk) if final else admin_url("review_queue"),
    )
    return int(notified > 0)


def late(now: datetime | None = None) -> int:
    """Tell the final approvers of approved texts that did not go public at their time."""
    now = now or timezone.now()
    overdue = Revision.page_revisions.filter(approved_go_live_at__lte=now - LATE_AFTER)
    return sum(_late(revision) for revision in overdue)


@in_site_language
def _late(revision: Revision) -> int:
    page = revision.content_object
    if page is None:
        return 0
    due = timezone.localtime(revision.approved_go_live_at).strftime("%Y-%m-%d %H:%M")
    notified = notify(
        final_approvers(district_key_of(page)),
        Kind.FAILED,
        f"failed:{revision.pk}",
        _("Not public at its time: %(title)s") % {"title": page.get_admin_display_title()},
        _("It was to go public at %(time)s.") % {"time": due},
        admin_url("publication_schedule"),
    )
    return int(notified > 0)


def heal(now: datetime | None = None) -> None:
    """Bring back into step what an unknown fault has left: queue, open notices, owed checks."""
    waiting = submissions.waiting_states()
    for task_state in waiting.filter(queue_item=None):
        submissions.restore_item(task_state)
    for item in QueueItem.objects.exclude(pk__in=waiting.values("pk")):
        queue.remove_item(item.pk)
    _update_schools()
    _close_stale_notices()
    for urgent_item in UrgentItem.objects.filter(checked_at=None).exclude(check_due_at=None):
        request_check(urgent_item)


def _update_schools() -> None:
    """Give the queue the schools' public names and townships where its rows have others."""
    rows = QueueItem.objects.exclude(school_id=None).order_by()
    in_queue = set(rows.values_list("school_id", "school_title", "township").distinct())
    schools = SchoolPage.objects.filter(pk__in={row[0] for row in in_queue})
    public = {(school.pk, school.title, school.township): school for school in schools}
    stale_ids = {row[0] for row in in_queue - public.keys()}
    for school in public.values():
        if school.pk in stale_ids:
            queue.update_school_of_items(school)


def _close_stale_notices() -> None:
    """Close open notices about items that wait no more."""
    kinds = [Kind.WAITING, Kind.REMINDER, Kind.ESCALATION]
    open_notices = Notice.objects.filter(kind__in=kinds, read_at=None).order_by()
    keys = {key.partition(":")[::2] for key in open_notices.values_list("key", flat=True)}
    waiting_ids = {str(pk) for pk in QueueItem.objects.values_list("pk", flat=True)}
    close_notices(
        f"{name}:{number}"
        for name, number in keys
        if name in notices.WAITING_KEYS and number not in waiting_ids
    )

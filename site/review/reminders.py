"""Jobs of the worker: reminders, escalations, and what fell out of step.

Each item is its own short transaction, and each notice has a key, so that two workers, a kill or
a repeated run change nothing: once for each item and level.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify, without_notice
from publication.recipients import final_approvers, with_final_approvers
from review import notices, queue, recipients
from review.domain import submissions
from review.models.queue import QueueItem
from roles.models import Level
from schools.models import SchoolPage

Kind = Notice.Kind
# So many in one run: scheduled publication waits behind it, and so does whoever ends the worker.
BATCH = 200
# When an item that nobody could decide is tried again.
TRY_AGAIN = timedelta(days=1)


def remind(now: datetime | None = None) -> int:
    """Remind those who can decide of items whose term has passed; return of how many items.

    The oldest first; those that nobody could decide stand back behind all that were never tried.
    """
    now = now or timezone.now()
    items = without_notice(QueueItem.objects.filter(remind_at__lte=now), "remind", "pk")
    items = items.filter(Q(reminded_at=None) | Q(reminded_at__lte=now - TRY_AGAIN))
    items = items.order_by(F("reminded_at").asc(nulls_first=True), "remind_at", "pk")
    return sum(_remind(pk, now) for pk in list(items.values_list("pk", flat=True)[:BATCH]))


def escalate(now: datetime | None = None) -> int:
    """Tell the district's final approvers of overdue items; return of how many."""
    now = now or timezone.now()
    items = without_notice(QueueItem.objects.filter(escalate_at__lte=now), "escalate", "pk")
    items = with_final_approvers(items).order_by("escalate_at", "pk")
    return sum(_escalate(pk) for pk in list(items.values_list("pk", flat=True)[:BATCH]))


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


def heal(now: datetime | None = None) -> None:
    """Bring back into step what an unknown fault has left: queue and open notices."""
    waiting = submissions.waiting_states()
    for task_state in waiting.filter(queue_item=None):
        submissions.restore_item(task_state)
    for item in QueueItem.objects.exclude(pk__in=waiting.values("pk")):
        queue.remove_item(item.pk)
    submissions.ask_pool()
    _update_schools()
    _close_stale_notices()


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

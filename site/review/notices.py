"""Notices of review: items that wait, come back or were corrected.

Written in the transaction of the act, as rows alone: the worker sends the letters.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from publication.notices import notify_writers
from publication.recipients import writers
from review import recipients
from review.models.queue import QueueItem
from roles.models import Level

Kind = Notice.Kind
# The beginnings of the keys of notices about a waiting item; the id of its task state follows.
WAITING_KEYS = ("waiting", "urgent", "remind", "escalate")


def close_waiting(task_state_id: int) -> None:
    """Close every notice about an item that waits at this task state no more."""
    close_notices([f"{name}:{task_state_id}" for name in WAITING_KEYS])


def summary(item: QueueItem) -> str:
    """Return whose item it is, at which level, since when."""
    return _("%(level)s · %(school)s · submitted by %(person)s on %(day)s") % {
        "level": Level(item.level).label,
        "school": item.school_title or _("district site"),
        "person": item.submitter or "—",
        "day": timezone.localtime(item.submitted_at).strftime("%Y-%m-%d %H:%M"),
    }


@in_site_language
def item_waiting(item: QueueItem) -> None:
    """Notify everybody who may decide on a new item of the queue at its level now."""
    title = urgent_title() if item.urgent else _("Please decide: %(title)s")
    notify(
        recipients.deciders(item),
        Kind.WAITING,
        f"waiting:{item.pk}",
        title % {"title": item.title},
        summary(item),
        admin_url("review_decide", item.pk),
    )


def urgent_title() -> str:
    """Return the heading of a notice of an urgent item; the title goes in its place."""
    return _("Urgent, please decide: %(title)s")


@in_site_language
def returned(entry: RecordEntry) -> None:
    """Notify those who may edit the page that it was returned, with the opinion."""
    form = admin_url("wagtailadmin_pages:edit", entry.page_id)
    title = _("Returned to you: %(title)s")
    notify_writers(entry, recipients.editors(entry), Kind.RETURNED, title, form)


@in_site_language
def corrected(entry: RecordEntry) -> None:
    """Notify the writers that a reviewer corrected their text."""
    title = _("Corrected by a reviewer: %(title)s")
    notify_writers(entry, writers(entry), Kind.CORRECTED, title)

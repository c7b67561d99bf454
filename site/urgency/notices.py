"""Notices of urgent items: who is to decide now, and what the check after publication showed."""

from django.utils.translation import gettext as _

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from publication.notices import notify_final_approvers
from review import recipients
from review.models.queue import QueueItem
from review.notices import urgent_title

Kind = Notice.Kind


@in_site_language
def marked_urgent(entry: RecordEntry) -> None:
    """Notify the deciders of a waiting item that it was marked urgent."""
    for item in QueueItem.objects.filter(workflow_state_id=entry.workflow_state_id):
        notify(
            recipients.deciders(item),
            Kind.WAITING,
            f"urgent:{item.pk}",
            urgent_title() % {"title": item.title},
            entry.opinion,
            admin_url("review_decide", item.pk),
        )


@in_site_language
def checked(entry: RecordEntry) -> None:
    """Close the notices that ask for the check; of a fault, notify the final approvers."""
    close_notices([f"look:{entry.workflow_state_id}", f"look-overdue:{entry.workflow_state_id}"])
    if entry.detail.get("in_order") is False:
        title = _("Public, and found not in order; please withdraw it: %(title)s")
        url = admin_url("publication_withdraw", entry.page_id)
        notify_final_approvers(entry, Kind.POST_PUBLICATION_CHECK, title, url)

"""Notices about changes that two people make: one to confirm, one confirmed, one refused."""

from django.utils.translation import gettext as _

from audit.models import RecordEntry
from change_requests.models import ChangeRequest
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from publication.notices import notify_writers

Kind = Notice.Kind


@in_site_language
def notify_requested(change_request: ChangeRequest, recipients) -> None:
    """Ask those who may confirm the change."""
    notify(
        recipients,
        Kind.CHANGE_REQUEST,
        _notice_key(change_request),
        _("Change to confirm: %(title)s") % {"title": change_request.title},
        change_request.reason,
        admin_url("change_requests_detail", change_request.pk),
    )


@in_site_language
def notify_decided(change_request: ChangeRequest, entry: RecordEntry) -> None:
    """Close that notice; notify whoever requested the change, unless they took it back."""
    close_notices([_notice_key(change_request)])
    titles: dict[str, str] = {
        ChangeRequest.Status.CONFIRMED: _("Your change was confirmed: %(title)s"),
        ChangeRequest.Status.REFUSED: _("Your change was refused: %(title)s"),
    }
    if title := titles.get(change_request.status):
        url = admin_url("change_requests_detail", change_request.pk)
        notify_writers(entry, {change_request.proposed_by_id}, Kind.CHANGE_REQUEST, title, url)


def _notice_key(change_request: ChangeRequest) -> str:
    # Stored with the notices.
    return f"proposal:{change_request.pk}"

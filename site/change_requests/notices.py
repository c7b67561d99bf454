"""What changes by two people tell whom: to confirm, confirmed, refused."""

from django.utils.translation import gettext as _

from change_requests.models import ChangeRequest
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from publication.notices import notify_writers

Kind = Notice.Kind


@in_site_language
def proposed(proposal, confirmers) -> None:
    """Ask those who may confirm the change."""
    notify(
        confirmers,
        Kind.CHANGE_REQUEST,
        f"proposal:{proposal.pk}",
        _("Change to confirm: %(title)s") % {"title": proposal.title},
        proposal.reason,
        admin_url("change_requests_detail", proposal.pk),
    )


@in_site_language
def decided(proposal, entry) -> None:
    """Close the question; tell the proposer how it ended, unless it was taken back."""
    close_notices([f"proposal:{proposal.pk}"])
    titles = {
        ChangeRequest.Status.CONFIRMED: _("Your change was confirmed: %(title)s"),
        ChangeRequest.Status.REFUSED: _("Your change was refused: %(title)s"),
    }
    if title := titles.get(proposal.status):
        url = admin_url("change_requests_detail", proposal.pk)
        notify_writers(entry, {proposal.proposed_by_id}, Kind.CHANGE_REQUEST, title, url)

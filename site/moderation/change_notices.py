"""What changes by two people tell whom: to confirm, confirmed, refused."""

from django.utils.translation import gettext as _

from moderation.models.notices import Notice
from moderation.models.proposals import Proposal
from moderation.notify import admin_url, close_notices, in_site_language, notify
from moderation.pub_notices import notify_writers

Kind = Notice.Kind


@in_site_language
def proposed(proposal, confirmers) -> None:
    """Ask those who may confirm the change."""
    notify(
        confirmers,
        Kind.PROPOSAL,
        f"proposal:{proposal.pk}",
        _("Change to confirm: %(title)s") % {"title": proposal.title},
        proposal.reason,
        admin_url("moderation_proposal", proposal.pk),
    )


@in_site_language
def decided(proposal, entry) -> None:
    """Close the question; tell the proposer how it ended, unless it was taken back."""
    close_notices([f"proposal:{proposal.pk}"])
    titles = {
        Proposal.Status.CONFIRMED: _("Your change was confirmed: %(title)s"),
        Proposal.Status.REFUSED: _("Your change was refused: %(title)s"),
    }
    if title := titles.get(proposal.status):
        url = admin_url("moderation_proposal", proposal.pk)
        notify_writers(entry, {proposal.proposed_by_id}, Kind.PROPOSAL, title, url)

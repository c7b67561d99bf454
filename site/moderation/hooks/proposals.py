"""Changes by two people in the menu, with the number that waits for this person."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from moderation import proposals
from moderation.screens import proposals as screens
from moderation.screens import proposing


@hooks.register("register_admin_urls")
def register_proposal_urls():
    """The list, one change, and the forms that propose an address."""
    return [
        path("changes/", screens.list_proposals, name="moderation_proposals"),
        path("changes/<int:proposal_id>/", screens.proposal, name="moderation_proposal"),
        path("changes/site/", proposing.propose_site, name="moderation_propose_site"),
        path("changes/redirect/", proposing.propose_redirect, name="moderation_propose_redirect"),
    ]


class ProposalsMenuItem(MenuItem):
    """Shows how many changes wait for this person; one query."""

    def is_shown(self, request):
        return proposals.in_committee(request.user)

    def render_component(self, request):
        """The entry; Wagtail keeps `self` for all requests, so the number stays out of it."""
        waiting = proposals.confirmable(request.user).count()
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def register_proposals_menu_item():
    """Beside the schedule, for the committee and administrators."""
    url = reverse_lazy("moderation_proposals")
    return ProposalsMenuItem(
        _("Changes by two"), url, name="changes-by-two", icon_name="group", order=260
    )

"""Changes by two people in the menu, with the number that waits for this person."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from change_requests import address_views, domain
from change_requests import views as screens
from core.admin_menu import CountedMenuItem


@hooks.register("register_admin_urls")
def register_proposal_urls():
    """The list, one change, and the forms that propose an address."""
    return [
        path("changes/", screens.list_view, name="change_requests_list"),
        path("changes/<int:proposal_id>/", screens.detail_view, name="change_requests_detail"),
        path("changes/site/", address_views.propose_site, name="change_requests_propose_site"),
        path(
            "changes/redirect/",
            address_views.propose_redirect,
            name="change_requests_propose_redirect",
        ),
    ]


class ProposalsMenuItem(CountedMenuItem):
    """Shows how many changes wait for this person; one query."""

    def is_shown(self, request):
        return domain.in_committee(request.user)

    def count(self, request):
        return domain.confirmable_by(request.user).count()


@hooks.register("register_admin_menu_item")
def register_proposals_menu_item():
    """Beside the schedule, for the committee and administrators."""
    url = reverse_lazy("change_requests_list")
    return ProposalsMenuItem(
        _("Changes by two"), url, name="changes-by-two", icon_name="group", order=260
    )

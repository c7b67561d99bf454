"""Changes by two people in the menu, with the number that waits for this person."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from change_requests import permissions
from change_requests.views import addresses, erasures, requests
from core.admin_menu import CountedMenuItem


@hooks.register("register_admin_urls")
def register_change_request_urls() -> list[URLPattern]:
    """Register the list, one change, and the forms that request another address."""
    return [
        path("changes/", requests.list_view, name="change_requests_list"),
        path(
            "changes/<int:change_request_id>/",
            requests.detail_view,
            name="change_requests_detail",
        ),
        path(
            "changes/site/", addresses.SiteFormView.as_view(), name="change_requests_propose_site"
        ),
        path(
            "changes/redirect/",
            addresses.RedirectFormView.as_view(),
            name="change_requests_propose_redirect",
        ),
        path(
            "changes/erasure/",
            erasures.ErasureFormView.as_view(),
            name="change_requests_propose_erasure",
        ),
    ]


class ChangeRequestsMenuItem(CountedMenuItem):
    """Shows how many changes wait for this person; one query."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_list_change_requests(request.user)

    def count(self, request: HttpRequest) -> int:
        return permissions.confirmable_by(request.user).count()


@hooks.register("register_admin_menu_item")
def register_change_requests_menu_item() -> ChangeRequestsMenuItem:
    """Register the list beside the schedule, for the committee and administrators."""
    url = reverse_lazy("change_requests_list")
    return ChangeRequestsMenuItem(
        _("Changes by two people"), url, name="changes-by-two", icon_name="group", order=260
    )

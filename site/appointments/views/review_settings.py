"""Screens of a district's settings of review: terms, days off, reasons, the public line."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appointments.forms import ReviewSettingsChangeForm
from appointments.kinds.review_settings import REVIEW_SETTINGS_KIND
from change_requests.views.forms import ChangeRequestFormView
from roles.permissions import may_change_review_settings, may_see_staffing
from roles.review_settings import review_settings_of
from roles.scopes import district_titles


def list_review_settings(request: HttpRequest) -> HttpResponse:
    """List the districts whose settings this person may change; the only one opens at once."""
    if not may_see_staffing(request.user):
        raise PermissionDenied
    districts = [
        (key, title)
        for key, title in district_titles().items()
        if may_change_review_settings(request.user, key)
    ]
    if not districts:
        raise PermissionDenied
    if len(districts) == 1:
        return redirect("appointments_review_settings", districts[0][0])
    context = {"page_title": _("Review settings"), "header_icon": "cog", "districts": districts}
    return render(request, "appointments/review_settings_list.html", context)


class ReviewSettingsProposalView(ChangeRequestFormView):
    """Propose other terms, days off and reasons, and what readers see of the review."""

    kind = REVIEW_SETTINGS_KIND
    form_class = ReviewSettingsChangeForm
    page_title = gettext_lazy("Review settings")

    def test_func(self) -> bool:
        key = self.kwargs["district_key"]
        if not may_change_review_settings(self.request.user, key):
            return False
        if key not in district_titles():
            raise Http404("no such district")
        return True

    def get_page_subtitle(self) -> str:
        return district_titles()[self.kwargs["district_key"]]

    def get_form_kwargs(self) -> dict[str, Any]:
        stored = review_settings_of(self.kwargs["district_key"])
        return super().get_form_kwargs() | {"instance": stored}

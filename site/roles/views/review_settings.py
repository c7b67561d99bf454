"""Screens of a district's settings of review: terms, days off, reasons, the public line."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from roles.forms import ReviewSettingsForm
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
        return redirect("roles_review_settings", districts[0][0])
    context = {"page_title": _("Review settings"), "header_icon": "cog", "districts": districts}
    return render(request, "roles/review_settings_list.html", context)


def edit_review_settings(request: HttpRequest, district_key: UUID) -> HttpResponse:
    """Change terms, days off, reasons, and what readers see of the review."""
    districts = district_titles()
    if not may_change_review_settings(request.user, district_key):
        raise PermissionDenied
    if district_key not in districts:
        raise Http404("no such district")
    form = ReviewSettingsForm(request.POST or None, instance=review_settings_of(district_key))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, _("Saved. New time limits apply to what is submitted from now on.")
        )
        return redirect("roles_review_settings", district_key)
    context = {
        "page_title": _("Review settings"),
        "page_subtitle": districts[district_key],
        "header_icon": "cog",
        "form": form,
        "back": "wagtailadmin_home",
    }
    return render(request, "core/admin/form.html", context)

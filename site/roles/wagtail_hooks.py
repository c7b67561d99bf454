"""Staffing in the admin; a warning on the first screen."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.admin_menu import register_settings_item
from roles.permissions import may_manage_deputies, may_see_staffing
from roles.staffing import shortages
from roles.views.staffing import StaffingReportView


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """Return the address of the report."""
    staffing_results = StaffingReportView.as_view(results_only=True)
    return [
        path("staffing/", StaffingReportView.as_view(), name="roles_staffing"),
        path("staffing/results/", staffing_results, name="roles_staffing_results"),
    ]


register_settings_item(_("Staffing"), "roles_staffing", "group", 10, may_see_staffing)


class StaffingPanel(Component):
    """How many levels have fewer than two people."""

    name = "staffing"
    order = 80
    template_name = "roles/staffing_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"number": len(shortages()), "url": reverse_lazy("roles_staffing")}


@hooks.register("register_desk_panel")
def show_missing_reviewers(request: HttpRequest) -> StaffingPanel | None:
    """Return the panel for an administrator, who can do something about it."""
    return StaffingPanel() if may_manage_deputies(request.user) else None

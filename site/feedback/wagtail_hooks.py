"""Readers' reports in the menu and on the first screen of those who handle them."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.admin_menu import CountedMenuItem
from feedback.models import ErrorReport
from feedback.permissions import may_handle_reports, reports_visible_to
from feedback.report_views import ErrorReportListView, report_detail_view


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    """Register the list, its results alone, and one report."""
    results_view = ErrorReportListView.as_view(results_only=True)
    return [
        path("reports-of-readers/", ErrorReportListView.as_view(), name="feedback_reports"),
        path("reports-of-readers/results/", results_view, name="feedback_reports_results"),
        path("reports-of-readers/<int:report_id>/", report_detail_view, name="feedback_report"),
    ]


class ReportsMenuItem(CountedMenuItem):
    """Shows how many reports nobody has read yet."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle_reports(request.user)

    def count(self, request: HttpRequest) -> int:
        return reports_visible_to(request.user).filter(state=ErrorReport.State.NEW).count()


@hooks.register("register_admin_menu_item")
def register_reports_menu_item() -> ReportsMenuItem:
    """Register the list below the slots of the home page."""
    url = reverse_lazy("feedback_reports")
    return ReportsMenuItem(
        _("Error reports"), url, name="error-reports", icon_name="comment", order=270
    )


class ReportsPanel(Component):
    """How many reports are new, and how many wait too long."""

    name = "error_reports"
    order = 85
    template_name = "feedback/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, int]:
        reports = reports_visible_to(parent_context["request"].user)
        late = Q(due_at__lt=timezone.now(), state__in=ErrorReport.OPEN)
        return reports.aggregate(
            new=Count("pk", filter=Q(state=ErrorReport.State.NEW)), late=Count("pk", filter=late)
        )


@hooks.register("register_desk_panel")
def register_reports_panel(request: HttpRequest) -> ReportsPanel | None:
    """Return the panel for those who handle reports."""
    return ReportsPanel() if may_handle_reports(request.user) else None

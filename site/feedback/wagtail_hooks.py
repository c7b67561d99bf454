"""Readers' reports in the menu and on the first screen of those who handle them."""

from django.db.models import Count, Q
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.admin_menu import CountedMenuItem
from feedback import admin_views, handling
from feedback.models import ErrorReport


@hooks.register("register_admin_urls")
def register_report_urls():
    """The list and one report."""
    return [
        path("reports-of-readers/", admin_views.list_reports, name="feedback_reports"),
        path(
            "reports-of-readers/<int:report_id>/", admin_views.show_report, name="feedback_report"
        ),
    ]


class ReportsMenuItem(CountedMenuItem):
    """Shows how many reports nobody has looked at yet."""

    def is_shown(self, request):
        return handling.may_handle(request.user)

    def count(self, request):
        return handling.reports_of(request.user).filter(state=ErrorReport.State.NEW).count()


@hooks.register("register_admin_menu_item")
def register_reports_menu_item():
    """Below the slots of the home page."""
    url = reverse_lazy("feedback_reports")
    return ReportsMenuItem(
        _("Error reports"), url, name="error-reports", icon_name="comment", order=270
    )


class ReportsPanel(Component):
    """How many reports are new, and how many wait too long."""

    name = "error_reports"
    order = 85
    template_name = "feedback/panel.html"

    def get_context_data(self, parent_context):
        reports = handling.reports_of(parent_context["request"].user)
        late = Q(due_at__lt=timezone.now(), state__in=ErrorReport.OPEN)
        return reports.aggregate(
            new=Count("pk", filter=Q(state=ErrorReport.State.NEW)), late=Count("pk", filter=late)
        )


@hooks.register("register_desk_panel")
def show_new_reports(request):
    """For those who can do something about it."""
    return ReportsPanel() if handling.may_handle(request.user) else None

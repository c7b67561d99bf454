"""Readers' reports in the menu and on the first screen of those who handle them."""

from django.db.models import Count, Q
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from feedback import handling, screens
from feedback.models import ErrorReport


@hooks.register("register_admin_urls")
def register_report_urls():
    """The list and one report."""
    return [
        path("reports-of-readers/", screens.list_reports, name="feedback_reports"),
        path("reports-of-readers/<int:report_id>/", screens.show_report, name="feedback_report"),
    ]


class ReportsMenuItem(MenuItem):
    """Shows how many reports nobody has looked at yet."""

    def is_shown(self, request):
        return handling.may_handle(request.user)

    def render_component(self, request):
        """The entry; Wagtail keeps `self` for all requests, so the number stays out of it."""
        new = handling.reports_of(request.user).filter(state=ErrorReport.State.NEW).count()
        label = f"{self.label} ({new})" if new else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


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


@hooks.register("construct_homepage_panels")
def show_what_readers_report(request, panels):
    """For those who can do something about it."""
    if handling.may_handle(request.user):
        panels.append(ReportsPanel())

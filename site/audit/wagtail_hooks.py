"""The record in the menu, and the addresses of its screens."""

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from audit.permissions import may_read_record
from audit.views import RecordReportView, monthly_export_view, review_report_view
from core.admin_menu import RestrictedMenuItem


@hooks.register("register_admin_urls")
def register_record_urls() -> list[URLPattern]:
    """Return the addresses of the list, a submission's review sheet and a month's workbook."""
    results = RecordReportView.as_view(results_only=True)
    return [
        path("review/record/", RecordReportView.as_view(), name="audit_record"),
        path("review/record/results/", results, name="audit_record_results"),
        path(
            "review/sheet/<int:workflow_state_id>/",
            review_report_view,
            name="audit_review_report",
        ),
        path("review/workbook/", monthly_export_view, name="audit_monthly_export"),
    ]


@hooks.register("register_admin_menu_item")
def register_record_menu_item() -> RestrictedMenuItem:
    """Return the entry of the record, below what waits."""
    return RestrictedMenuItem(
        _("Record of reviews"),
        reverse_lazy("audit_record"),
        name="record",
        icon_name="history",
        order=30,
        may_see=may_read_record,
    )

"""The record on screen: the list of its entries, the review sheet, the month's workbook."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from audit.filters import RecordFilterSet
from audit.forms import MonthForm
from audit.models import RecordEntry
from audit.monthly_export import export_month
from audit.permissions import entries_visible_to, may_read_record
from audit.review_report import ReportLine, ReviewReport, current_head, entries_of_submission
from core.admin_reports import RestrictedReportView
from core.requests import AnyUser

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordReportView(RestrictedReportView):
    """What happened, the latest first, for those who decide there."""

    page_title = gettext_lazy("Record of reviews")
    header_icon = "history"
    results_template_name = "audit/record_results.html"
    stylesheets = ["css/admin/record.css"]
    index_url_name = "audit_record"
    index_results_url_name = "audit_record_results"
    filterset_class = RecordFilterSet
    model = RecordEntry
    paginate_by = 30
    default_ordering = "-pk"
    columns: list[Any] = []
    search_fields = ["title", "user_name"]
    search_label = gettext_lazy("person or title")
    no_match_message = gettext_lazy("No entry matches.")
    empty_message = gettext_lazy(
        "Nothing is on the record here yet. Every submission and decision will stand here."
    )

    def may_see(self, user: AnyUser) -> bool:
        return may_read_record(user)

    def get_base_queryset(self) -> QuerySet[RecordEntry]:
        return entries_visible_to(self.request.user)

    def decorate_paginated_queryset(self, object_list: QuerySet[RecordEntry]) -> list[ReportLine]:
        return [ReportLine(entry) for entry in object_list]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["month_form"] = MonthForm(entries=self.get_base_queryset())
        return context


@require_GET
def review_report_view(request: HttpRequest, workflow_state_id: int) -> HttpResponse:
    """The printable review sheet of one submission, for those who read its entries."""
    entries = entries_visible_to(request.user)
    if not entries.filter(workflow_state_id=workflow_state_id).exists():
        raise Http404("no such review sheet")
    context = {
        "page_title": _("Review sheet"),
        "header_icon": "doc-full",
        "report": ReviewReport(entries_of_submission(workflow_state_id)),
        "number": workflow_state_id,
        "head": current_head(),
    }
    return render(request, "audit/review_report.html", context)


@require_GET
def monthly_export_view(request: HttpRequest) -> HttpResponse:
    """The month's reviews as a workbook; a month that the record does not have is named."""
    if not may_read_record(request.user):
        raise PermissionDenied
    entries = entries_visible_to(request.user)
    form = MonthForm(request.GET, entries=entries)
    if not form.is_valid():
        messages.error(request, _("The record has no such month. Choose one from the list."))
        return redirect("audit_record")
    month = form.cleaned_data["month"]
    response = HttpResponse(export_month(entries, month), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="review-{month}.xlsx"'
    return response

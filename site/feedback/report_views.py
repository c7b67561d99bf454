"""The reports in the admin: the list, oldest first, and one report with its history."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from accounts.models import User
from core.admin_reports import RestrictedReportView
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.requests import AnyUser
from core.workdays import working_days_between
from feedback import handling
from feedback.addresses import page_at
from feedback.filters import ErrorReportFilterSet
from feedback.forms import StepForm
from feedback.models import ErrorReport
from feedback.permissions import may_handle_reports, reports_visible_to
from roles.review_settings import review_settings_of
from schools.models import school_of

WEB_EDITORS_ONLY = gettext_lazy("Readers' reports are for the district's web editors.")


class AgeColumn(Column):
    """How long the report has waited, and whether that is too long."""

    cell_template_name = "feedback/tables/age_cell.html"


class TextColumn(Column):
    """The reader's text, which leads to the report, with its number, kind and time."""

    cell_template_name = "feedback/tables/text_cell.html"


class PageColumn(Column):
    """The path that the report is about."""

    cell_template_name = "feedback/tables/page_cell.html"


class ErrorReportListView(RestrictedReportView):
    """The reports of this person's districts, oldest first."""

    model = ErrorReport
    paginate_by = 25
    page_title = gettext_lazy("Error reports")
    header_icon = "comment"
    results_template_name = "feedback/reports_results.html"
    stylesheets = ["css/admin/reports.css"]
    index_url_name = "feedback_reports"
    index_results_url_name = "feedback_reports_results"
    filterset_class = ErrorReportFilterSet
    search_fields = ["words", "page", "number"]
    search_label = gettext_lazy("words, page or number")
    no_match_message = gettext_lazy("No report matches.")
    empty_message = gettext_lazy(
        "No report is open. What readers report stands here, the oldest first."
    )
    default_ordering = ("created_at", "pk")
    table_classname = "listing reports"
    columns = [
        AgeColumn("age", label=gettext_lazy("Waiting")),
        TextColumn("words", label=gettext_lazy("Report"), classname="reports-words"),
        PageColumn("page", label=gettext_lazy("Page"), classname="reports-page"),
        Column("get_state_display", label=gettext_lazy("State")),
    ]

    def may_see(self, user: AnyUser) -> bool:
        require_report_handler(self.request)
        return True

    def get_base_queryset(self) -> QuerySet[ErrorReport]:
        return reports_visible_to(self.request.user)

    def decorate_paginated_queryset(self, object_list: Iterable[ErrorReport]) -> list[ErrorReport]:
        return with_ages(object_list)


def with_ages(reports: Iterable[ErrorReport]) -> list[ErrorReport]:
    """Set `age` on each report: the working days it has waited, or took until it was closed.

    One query for each district, whose days off count.
    """
    reports = list(reports)
    district_keys = {report.district_key for report in reports}
    days_off = {key: review_settings_of(key).days_off for key in district_keys}
    for report in reports:
        end = report.closed_at or timezone.now()
        days = working_days_between(report.created_at, end, days_off[report.district_key])
        text = ngettext("%(count)d working day", "%(count)d working days", days)
        report.age = text % {"count": days}
    return reports


def report_detail_view(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show one report, its page and its history; a POST takes a step."""
    require_report_handler(request)
    report = get_object_or_404(reports_visible_to(request.user), pk=report_id)
    form = StepForm(None, state=report.state)
    if request.method == "POST":
        if request.POST.get("seen_state") != report.state:
            return _show_again(request, report)
        form = StepForm(request.POST, state=report.state)
        if form.is_valid():
            state, note = form.cleaned_data["state"], form.cleaned_data["note"]
            try:
                handling.take_step(report, cast(User, request.user), state, note)
            except handling.StaleReport:
                return _show_again(request, report)
            messages.success(request, _("Report %(number)s is noted.") % {"number": report.number})
            return redirect("feedback_reports")
    context = _detail_context(request.user, report) | {"form": form}
    return render(request, "feedback/report_detail.html", context)


def require_report_handler(request: HttpRequest) -> None:
    """Raise Refused for whoever handles no reports; show again what was typed."""
    if not may_handle_reports(request.user):
        show_unsaved_text(request, request.POST.get("note", ""))
        raise Refused([str(WEB_EDITORS_ONLY)])


def _show_again(request: HttpRequest, report: ErrorReport) -> HttpResponse:
    """Lead to the report as it is now, with the note that was not saved."""
    messages.warning(request, _("Somebody else has dealt with it meanwhile; look again."))
    show_unsaved_text(request, request.POST.get("note", ""))
    return redirect("feedback_report", report.pk)


def _detail_context(user: AnyUser, report: ErrorReport) -> dict[str, Any]:
    page = page_at(report.page, report.district_key)
    return {
        "page_title": _("Error report %(number)s") % {"number": report.number},
        "header_icon": "comment",
        "report": with_ages([report])[0],
        "reported_page": page,
        "may_edit": page is not None and page.permissions_for_user(user).can_edit(),
        "school": school_of(page) if page else None,
        "steps": report.steps.all(),
    }

"""The record on screen: the list of its entries, the review sheet, the month's workbook."""

from django import forms
from django.db.models import Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.widgets import AdminDateInput

from audit import monthly_export as workbooks
from audit.models import RecordEntry
from audit.permissions import entries_visible_to, may_read_record
from audit.review_report import ReportLine, ReviewReport, current_head, entries_of
from core.listing import ListingForm, paginate
from roles.models import Level

PAGE_SIZE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordFilter(ListingForm):
    """The query string of the record."""

    q = forms.CharField(label=gettext_lazy("person or title"), max_length=60)
    school = forms.CharField(label=gettext_lazy("school"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("what happened"),
        choices=[("", gettext_lazy("everything")), *RecordEntry.Kind.choices],
    )
    level = forms.ChoiceField(
        label=gettext_lazy("level"), choices=[("", gettext_lazy("all levels")), *Level.choices]
    )
    since = forms.DateField(label=gettext_lazy("from day"), widget=AdminDateInput)
    until = forms.DateField(label=gettext_lazy("to day"), widget=AdminDateInput)
    lookups = {
        "school": "school__icontains",
        "kind": "kind",
        "level": "level",
        "since": "at__date__gte",
        "until": "at__date__lte",
    }

    def filter_entries(self, entries):
        """Narrow the entries; words are looked for in title and name."""
        words = self.chosen_values().get("q")
        if words:
            entries = entries.filter(Q(title__icontains=words) | Q(user_name__icontains=words))
        return super().filter_entries(entries)


class MonthForm(forms.Form):
    """A month of the record, from its first entry until today, the latest first."""

    month = forms.ChoiceField(label=gettext_lazy("month"))

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        begun = entries.aggregate(first=Min("at"))["first"]
        self.fields["month"].choices = [(month, month) for month in months_since(begun)]


def months_since(begun) -> list[str]:
    """The months from `begun` (None: nothing happened yet) to today's, the latest first."""
    if begun is None:
        return []
    first, today = timezone.localtime(begun), timezone.localdate()
    numbers = range(first.year * 12 + first.month - 1, today.year * 12 + today.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in reversed(numbers)]


@require_GET
def record_list(request):
    """List what happened, the latest first, to those who decide there."""
    if not may_read_record(request.user):
        return permission_denied(request)
    mine = entries_visible_to(request.user)
    form = RecordFilter(request.GET, entries=mine, index=None)
    found = paginate(form.filter_entries(mine).order_by("-pk"), request.GET.get("p"), PAGE_SIZE)
    context = {
        "page_title": _("Record of reviews"),
        "header_icon": "history",
        "form": form,
        "months": MonthForm(entries=mine),
        "entries": found,
        "lines": [ReportLine(entry) for entry in found],
    }
    return render(request, "audit/record.html", context)


@require_GET
def review_report_view(request, workflow_state_id: int):
    """The printable review sheet of one submission, for those who read its entries."""
    if not entries_visible_to(request.user).filter(workflow_state_id=workflow_state_id).exists():
        raise Http404("no such review sheet")
    context = {
        "page_title": _("Review sheet"),
        "header_icon": "doc-full",
        "sheet": ReviewReport(entries_of(workflow_state_id)),
        "number": workflow_state_id,
        "head": current_head(),
    }
    return render(request, "audit/review_report.html", context)


@require_GET
def monthly_export_view(request):
    """The month's reviews as a workbook; a month that the record does not have is named."""
    if not may_read_record(request.user):
        return permission_denied(request)
    mine = entries_visible_to(request.user)
    form = MonthForm(request.GET, entries=mine)
    if not form.is_valid():
        messages.error(request, _("The record has no such month. Choose one from the list."))
        return redirect("audit_record")
    month = form.cleaned_data["month"]
    response = HttpResponse(workbooks.export_month(mine, month), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="review-{month}.xlsx"'
    return response

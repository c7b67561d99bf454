"""The reports in the admin: the list, oldest first, and one report with what became of it."""

from dataclasses import dataclass

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from core.listing import ListingForm, paginate
from core.messages import show_unsaved_text
from core.publishing.refusals import Refused
from core.workdays import working_days_between
from feedback import handling
from feedback.addresses import page_at
from feedback.models import ErrorReport
from roles.review_settings import review_settings_of
from schools.models import school_of

PAGE_SIZE = 25
State = ErrorReport.State
FOR_EDITORS = gettext_lazy("Readers' reports are for the district's web editors.")
EVERYTHING = "all"


class ReportFilter(ListingForm):
    """The query string of the list; without a state it shows what is open."""

    q = forms.CharField(label=gettext_lazy("words, page or number"), max_length=60)
    state = forms.ChoiceField(
        label=gettext_lazy("state"),
        choices=[
            ("", gettext_lazy("open: new and in hand")),
            *State.choices,
            (EVERYTHING, gettext_lazy("every state")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("kind"),
        choices=[("", gettext_lazy("every kind")), *ErrorReport.Kind.choices],
    )
    lookups = {"kind": "kind"}

    def filter_entries(self, entries):
        """Narrow the reports."""
        chosen, entries = self.chosen_values(), super().filter_entries(entries)
        state = chosen.get("state")
        if state != EVERYTHING:
            entries = entries.filter(state__in=[state] if state else ErrorReport.OPEN)
        if q := chosen.get("q"):
            found = [entries.filter(**{f"{name}__icontains": q}) for name in WHERE]
            entries = found[0] | found[1] | found[2]
        return entries


WHERE = ("words", "page", "number")


@dataclass
class Row:
    """A report with its age."""

    report: ErrorReport
    days_off: list

    @cached_property
    def age(self) -> str:
        """How many working days it has waited, or took until it was closed."""
        until = self.report.closed_at or timezone.now()
        days = working_days_between(self.report.created_at, until, self.days_off)
        return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}


def rows_of(reports) -> list[Row]:
    """The rows of these reports: one query for each district, whose days off count."""
    reports = list(reports)
    days_off = {
        key: review_settings_of(key).days_off for key in {report.district_key for report in reports}
    }
    return [Row(report, days_off[report.district_key]) for report in reports]


def list_reports(request):
    """Those of this person's districts."""
    _editors_only(request)
    reports = handling.reports_of(request.user)
    form = ReportFilter(request.GET, entries=reports, index=None)
    found = form.filter_entries(reports).order_by("created_at", "pk")
    page = paginate(found, request.GET.get("p"), PAGE_SIZE)
    context = {
        "page_title": _("Error reports"),
        "header_icon": "comment",
        "form": form,
        "rows": rows_of(page.object_list),
        "page": page,
        "query": form.query_string(),
    }
    return render(request, "feedback/reports.html", context)


class StepForm(forms.Form):
    """What somebody does with a report; `seen` is the state in which they saw it."""

    after = forms.ChoiceField(label=gettext_lazy("What happens"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "When closing: what was found and done, as the reader is told. "
            "It is kept; do not copy the reader's contact into it."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data, *, state: str):
        super().__init__(data, initial={"seen": state}, label_suffix="")
        self.state = state
        words = WORDS | ({State.IN_HAND: _("note something")} if state == State.IN_HAND else {})
        if state in ErrorReport.CLOSED:
            words = {State.IN_HAND: _("take it up again")}
        after = handling.NEXT[State(state)]
        self.fields["after"].choices = [(name, words[name]) for name in after]

    def clean(self):
        cleaned = super().clean()
        after = cleaned.get("after")
        alone = self.state == State.NEW and after == State.IN_HAND
        if after and not alone and not cleaned.get("note", "").strip():
            self.add_error("note", _("Write what was found, or why."))
        return cleaned


WORDS = {
    State.IN_HAND: gettext_lazy("take it in hand"),
    State.ANSWERED: gettext_lazy("close: put right and answered"),
    State.NO_FAULT: gettext_lazy("close: no fault found"),
}


def show_report(request, report_id: int):
    """One report, its page, its history; a step is taken from here."""
    _editors_only(request)
    report = get_object_or_404(handling.reports_of(request.user), pk=report_id)
    form = StepForm(None, state=report.state)
    if request.method == "POST":
        if request.POST.get("seen") != report.state:
            return _overtaken(request, report)
        form = StepForm(request.POST, state=report.state)
        if form.is_valid():
            said = form.cleaned_data
            try:
                handling.take_step(report, request.user, said["after"], said["note"])
            except handling.Overtaken:
                return _overtaken(request, report)
            messages.success(request, _("Report %(number)s is noted.") % {"number": report.number})
            return redirect("feedback_reports")
    return render(request, "feedback/report_detail.html", _context(request, report, form))


def _overtaken(request, report):
    """Somebody was quicker: show the report as it is now, and the words that were not kept."""
    messages.warning(request, _("Somebody else has dealt with it meanwhile; look again."))
    show_unsaved_text(request, request.POST.get("note", ""))
    return redirect("feedback_report", report.pk)


def _context(request, report, form) -> dict:
    page = page_at(report.page, report.district_key)
    school = school_of(page) if page else None
    return {
        "page_title": _("Error report %(number)s") % {"number": report.number},
        "header_icon": "comment",
        "row": rows_of([report])[0],
        "report": report,
        "found": page,
        "may_edit": bool(page) and page.permissions_for_user(request.user).can_edit(),
        "school": school,
        "steps": report.steps.all(),
        "form": form,
    }


def _editors_only(request) -> None:
    """Raises Refused for everybody else; what was typed is shown again."""
    if not handling.may_handle(request.user):
        show_unsaved_text(request, request.POST.get("note", ""))
        raise Refused([FOR_EDITORS])

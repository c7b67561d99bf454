"""The filters of the list of reports."""

import django_filters
from django.db.models import QuerySet
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _

from core.admin_reports import LenientFilterSet
from feedback.models import ErrorReport

EVERY_STATE = "all"


class ErrorReportFilterSet(LenientFilterSet):
    """State and kind; without a state the list shows what is open."""

    state = django_filters.ChoiceFilter(
        label=_("state"),
        empty_label=_("open: new and in hand"),
        choices=[*ErrorReport.State.choices, (EVERY_STATE, _("every state"))],
        method="filter_state",
        widget=RadioSelect,
    )
    kind = django_filters.ChoiceFilter(
        label=_("kind"),
        empty_label=_("every kind"),
        choices=ErrorReport.Kind.choices,
        widget=RadioSelect,
    )

    class Meta:
        model = ErrorReport
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[ErrorReport]) -> QuerySet[ErrorReport]:
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state__in=ErrorReport.OPEN)
        return super().filter_queryset(queryset)

    def filter_state(
        self, queryset: QuerySet[ErrorReport], name: str, state: str
    ) -> QuerySet[ErrorReport]:
        """Return the reports in one state, or all of them."""
        return queryset if state == EVERY_STATE else queryset.filter(state=state)

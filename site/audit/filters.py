"""The filters of the record's list."""

import django_filters
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from audit.models import RecordEntry
from core.admin_reports import LenientFilterSet
from roles.models import Level


class RecordFilterSet(LenientFilterSet):
    """School, kind, level and days; person and title have the search field."""

    school = django_filters.CharFilter(
        label=_("school"), field_name="school", lookup_expr="icontains", max_length=60
    )
    kind = django_filters.ChoiceFilter(
        label=_("what happened"),
        choices=RecordEntry.Kind.choices,
        empty_label=_("everything"),
        widget=RadioSelect,
    )
    level = django_filters.ChoiceFilter(
        label=_("review level"),
        choices=Level.choices,
        empty_label=_("all review levels"),
        widget=RadioSelect,
    )
    since = django_filters.DateFilter(
        label=_("from day"), field_name="at", lookup_expr="date__gte", widget=AdminDateInput
    )
    until = django_filters.DateFilter(
        label=_("to day"), field_name="at", lookup_expr="date__lte", widget=AdminDateInput
    )

    class Meta:
        model = RecordEntry
        fields: list[str] = []

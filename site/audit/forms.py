"""The choice of a month of the record."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import RecordEntry


class MonthForm(forms.Form):
    """A month of the record, from its first entry until today, the latest first."""

    month = forms.ChoiceField(label=_("month"))

    def __init__(self, data: Any = None, *, entries: QuerySet[RecordEntry]) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        first = entries.aggregate(first=Min("at"))["first"]
        field.choices = [(month, month) for month in months_since(first)]


def months_since(first: datetime | None) -> list[str]:
    """Return the months ("2026-11") from `first` to today's, the latest first; none without it."""
    if first is None:
        return []
    start, today = timezone.localtime(first), timezone.localdate()
    numbers = range(start.year * 12 + start.month - 1, today.year * 12 + today.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in reversed(numbers)]

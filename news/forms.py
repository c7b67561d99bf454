"""The editor's form of a news item, and the filters of the news list."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import BasePageForm
from schools.forms import SchoolContentListingForm


class NewsListingForm(SchoolContentListingForm):
    """Filters: school, kind, year of publication."""

    kind = forms.ChoiceField(label=_("kind"))
    year = forms.ChoiceField(label=_("year"))

    lookups = SchoolContentListingForm.lookups | {
        "kind": "kind",
        "year": "first_published_at__year",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.set_choices("kind", self.entries.model.Kind.choices, _("all kinds"))
        years = self.entries.datetimes("first_published_at", "year", order="DESC")
        self.set_choices("year", [(str(day.year), str(day.year)) for day in years], _("all years"))


class NewsPageForm(BasePageForm):
    """Refuse dates that make no sense today, though they may have when the page was published."""

    def clean_submission(self, cleaned_data: dict) -> None:
        today = timezone.localdate()
        notice_until = cleaned_data.get("notice_until")
        event_date = cleaned_data.get("event_date")
        if notice_until and notice_until < today:
            self.add_error("notice_until", _("This day is over. Choose today or a later day."))
        if notice_until and notice_until > today + timedelta(days=366):
            self.add_error("notice_until", _("This is more than a year ahead. Check the year."))
        if event_date and event_date > today + timedelta(days=366):
            self.add_error("event_date", _("This is more than a year ahead. Check the year."))

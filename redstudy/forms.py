"""The editor's form of a route, and the filters of the list of routes."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from core.forms import BasePageForm
from schools.forms import SchoolContentListingForm


class RouteListingForm(SchoolContentListingForm):
    """Filters: school, grade band, level of the theme."""

    grade = forms.ChoiceField(label=_("grades"))
    theme = forms.ChoiceField(label=_("theme"))

    lookups = SchoolContentListingForm.lookups | {"theme": "theme_level"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        model = self.entries.model
        self.set_choices("grade", model.GRADE_BANDS.items(), _("all grades"))
        self.set_choices("theme", model.ThemeLevel.choices, _("all themes"))

    def filter_entries(self, entries: PageQuerySet) -> PageQuerySet:
        """Filter by the grade band too: each band is a column of its own."""
        entries = super().filter_entries(entries)
        if band := self.chosen_values().get("grade"):
            entries = entries.filter(**{f"for_{band}": True})
        return entries


class RoutePageForm(BasePageForm):
    """Put the stops on the page before the page is validated."""

    def _post_clean(self) -> None:
        if self.formsets["stops"].is_valid():
            self.formsets["stops"].save(commit=False)
        super()._post_clean()

    def is_incomplete(self) -> bool:
        # Stops with errors of their own are not reported twice.
        return super().is_incomplete() or not self.formsets["stops"].is_valid()

    def clean_submission(self, cleaned_data: dict) -> None:
        review_date = cleaned_data.get("review_date")
        if review_date and review_date < timezone.localdate():
            self.add_error("review_date", _("This day is over. Walk the route and name a new day."))

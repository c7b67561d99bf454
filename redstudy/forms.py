"""The editor's form of a route, and the filters of the list of routes."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from schools.forms import SchoolContentListingForm


class RouteListingForm(SchoolContentListingForm):
    """By school, grade band, level of the theme."""

    grade = forms.ChoiceField(label=_("grades"))
    theme = forms.ChoiceField(label=_("theme"))

    lookups = SchoolContentListingForm.lookups | {"theme": "theme_level"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self.entries.model
        self.limit_to("grade", model.GRADE_BANDS.items(), _("all grades"))
        self.limit_to("theme", model.ThemeLevel.choices, _("all themes"))

    def apply(self, entries):
        """Narrow by the grade band too: each band is a column of its own."""
        entries = super().apply(entries)
        if band := self.chosen().get("grade"):
            entries = entries.filter(**{f"for_{band}": True})
        return entries


class RoutePageForm(WagtailAdminPageForm):
    """A draft may be incomplete; what is submitted is complete and makes sense today."""

    def _post_clean(self):
        # `RoutePage.clean` counts the stops, so they must be on the page before it runs. Rows with
        # mistakes of their own are not complained about twice.
        stops = self.formsets["stops"]
        counted = stops.is_valid()
        if counted:
            stops.save(commit=False)
        self.instance.saved_as_draft = self.is_deferred_validation or not counted
        super()._post_clean()

    def clean(self):
        cleaned = super().clean()
        due = cleaned.get("review_date")
        if due and due < timezone.localdate() and not self.is_deferred_validation:
            self.add_error("review_date", _("This day is over. Walk the route and name a new day."))
        return cleaned

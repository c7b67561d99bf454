"""Filters of the index of schools, and of every listing of school content."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.listing import ListingForm


class SchoolListingForm(ListingForm):
    """Filters: stage and township."""

    stage = forms.ChoiceField(label=_("stage"))
    township = forms.ChoiceField(label=_("township"))

    lookups = ListingForm.lookups | {"stage": "stage", "township": "township"}
    counted_fields = ("stage", "township")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.set_choices("stage", self.entries.model.Stage.choices, _("all stages"))
        self.set_choices("township", self.distinct_choices("township"), _("all townships"))


class SchoolContentListingForm(ListingForm):
    """Filter: one school (`?school=<slug>`)."""

    school = forms.ChoiceField(label=_("school"))

    lookups = ListingForm.lookups | {"school": "school__slug"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        schools = (
            self.entries.exclude(school=None)
            .order_by("school__title")
            .values_list("school__slug", "school__title")
            .distinct()
        )
        self.set_choices("school", schools, _("all schools"))

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
    counted = ("stage", "township")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.limit_to("stage", self.entries.model.Stage.choices, _("all stages"))
        self.limit_to("township", self.values_of("township"), _("all townships"))


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
        self.limit_to("school", schools, _("all schools"))

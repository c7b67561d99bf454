"""Filters by school, shared by every listing of school content."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.listing import ListingForm


class SchoolListingForm(ListingForm):
    """The list of schools: by stage and township."""

    stage = forms.ChoiceField(label=_("stage"))
    township = forms.ChoiceField(label=_("township"))

    lookups = ListingForm.lookups | {"stage": "stage", "township": "township"}
    counted = ("stage", "township")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stages = self.entries.model.Stage.choices
        townships = self.entries.order_by("township").values_list("township", flat=True).distinct()
        self.fields["stage"].choices = [("", _("all stages")), *stages]
        self.fields["township"].choices = [
            ("", _("all townships")),
            *((name, name) for name in townships if name),
        ]


class SchoolContentListingForm(ListingForm):
    """A list of school content: `?school=<slug>` narrows to one school."""

    school = forms.ChoiceField(label=_("school"))

    lookups = ListingForm.lookups | {"school": "school__slug"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        schools = (
            self.entries.exclude(school=None)
            .order_by("school__title")
            .values_list("school__slug", "school__title")
            .distinct()
        )
        self.fields["school"].choices = [("", _("all schools")), *schools]

    def limit_to(self, name: str, choices, empty_label) -> None:
        """Set the choices of a field from a model's own, with a first one that means “all”."""
        self.fields[name].choices = [("", empty_label), *choices]

"""The editor's form of a brand page, and the filters of the brand wall."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import BasePageForm
from schools.forms import SchoolContentListingForm


class BrandListingForm(SchoolContentListingForm):
    """By school, stage, kind of brand."""

    stage = forms.ChoiceField(label=_("stage"))
    kind = forms.ChoiceField(label=_("kind"))

    lookups = SchoolContentListingForm.lookups | {"stage": "school__stage", "kind": "kind"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self.entries.model
        stages = model._meta.get_field("school").related_model.Stage.choices
        self.limit_to("stage", stages, _("all stages"))
        self.limit_to("kind", model.Kind.choices, _("all kinds"))


class BrandPageForm(BasePageForm):
    """Refuses a second school brand at the first save already, when only the form knows where."""

    def clean(self):
        from brands.models import has_school_brand

        cleaned = super().clean()
        wanted = cleaned.get("kind") == self.instance.Kind.SCHOOL
        if wanted and not self.instance.path and has_school_brand(self.parent_page, self.instance):
            self.add_error("kind", self.instance.second_brand_message)
        return cleaned

"""The editor's form of a brand page, and the filters of the brand wall."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import BasePageForm
from schools.forms import SchoolContentListingForm

# What one recognition says: level and year are asked of the same one.
HONOURS = ("level", "year")


class BrandListingForm(SchoolContentListingForm):
    """By school, stage, township, kind of brand, and by level and year of a recognition."""

    stage = forms.ChoiceField(label=_("stage"))
    township = forms.ChoiceField(label=_("township"))
    level = forms.ChoiceField(label=_("level of honour"))
    year = forms.ChoiceField(label=_("year of honour"))
    kind = forms.ChoiceField(label=_("kind"))

    lookups = SchoolContentListingForm.lookups | {
        "stage": "school__stage",
        "township": "school__township",
        "kind": "kind",
    }
    counted_fields = ("stage", "township", "level", "year", "kind")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        model = self.entries.model
        stages = model._meta.get_field("school").related_model.Stage.choices
        self.recognitions = model._meta.get_field("recognitions").related_model.objects
        levels = self.recognitions.model._meta.get_field("level").choices
        self.set_choices("stage", stages, _("all stages"))
        self.set_choices("township", self.distinct_choices("school__township"), _("all townships"))
        self.set_choices("level", levels, pgettext_lazy("honour", "all levels"))
        self.set_choices("year", self.distinct_choices("recognitions__year", "-"), _("all years"))
        self.set_choices("kind", model.Kind.choices, _("all kinds"))

    def filter_by(self, entries, chosen: dict):
        found = super().filter_by(entries, chosen)
        honours = _honours(chosen)
        if not honours:
            return found
        return found.filter(pk__in=self.recognitions.filter(**honours).values("page"))

    def option_counts(self, name: str, entries, others: dict) -> dict[str, int]:
        if name not in HONOURS:
            return super().option_counts(name, entries, others)
        given = self.recognitions.filter(page__in=entries.values("pk"), **_honours(others))
        rows = given.order_by().values_list(name).annotate(Count("page", distinct=True))
        return {str(value): number for value, number in rows}


def _honours(chosen: dict) -> dict:
    return {name: value for name, value in chosen.items() if name in HONOURS}


class BrandPageForm(BasePageForm):
    """Refuses a second school brand at the first save already, when only the form knows where."""

    def clean(self):
        from brands.models import has_school_brand

        cleaned = super().clean()
        wanted = cleaned.get("kind") == self.instance.Kind.SCHOOL
        if wanted and not self.instance.path and has_school_brand(self.parent_page, self.instance):
            self.add_error("kind", self.instance.second_brand_message)
        return cleaned

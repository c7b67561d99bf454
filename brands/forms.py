"""The editor's form of a brand page, and the filters of the index of brands."""

from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.query import PageQuerySet

from core.forms import BasePageForm
from schools.forms import SchoolContentListingForm

# Fields of a recognition: level and year have to be those of the same one.
RECOGNITION_FIELDS = ("level", "year")


class BrandListingForm(SchoolContentListingForm):
    """Filters: school, stage, township, kind of brand, level and year of a recognition."""

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

    def __init__(self, *args: Any, **kwargs: Any):
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

    def filter_by(self, entries: PageQuerySet, chosen: dict) -> PageQuerySet:
        brands = super().filter_by(entries, chosen)
        conditions = _recognition_conditions(chosen)
        if not conditions:
            return brands
        return brands.filter(pk__in=self.recognitions.filter(**conditions).values("page"))

    def option_counts(self, name: str, entries: PageQuerySet, others: dict) -> dict[str, int]:
        if name not in RECOGNITION_FIELDS:
            return super().option_counts(name, entries, others)
        conditions = _recognition_conditions(others)
        recognitions = self.recognitions.filter(page__in=entries.values("pk"), **conditions)
        rows = recognitions.order_by().values_list(name).annotate(Count("page", distinct=True))
        return {str(value): number for value, number in rows}


def _recognition_conditions(chosen: dict) -> dict:
    return {name: value for name, value in chosen.items() if name in RECOGNITION_FIELDS}


class BrandPageForm(BasePageForm):
    """Refuse a second school brand at the first save, when only the form knows the parent."""

    def clean(self) -> dict:
        cleaned_data = super().clean()
        brand = self.instance
        is_school_brand = cleaned_data.get("kind") == brand.Kind.SCHOOL
        if is_school_brand and not brand.path and brand.has_school_brand_below(self.parent_page):
            self.add_error("kind", brand.second_brand_message)
        return cleaned_data

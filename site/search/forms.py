"""The form of the search page."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.listing import label_with_count
from schools.models import SchoolPage
from search.queries import FACETS, SearchResults
from search.results import kind_label

MAX_LENGTH = 100


class SearchForm(forms.Form):
    """The query and the facets that narrow it. Unknown parameters are ignored."""

    q = forms.CharField(label=_("Search for"), max_length=MAX_LENGTH, required=False)
    type = forms.CharField(label=_("kind"), required=False, max_length=60, widget=forms.Select)
    school = forms.CharField(label=_("school"), required=False, max_length=20, widget=forms.Select)
    stage = forms.CharField(label=_("stage"), required=False, max_length=60, widget=forms.Select)
    year = forms.CharField(label=_("year"), required=False, max_length=4, widget=forms.Select)
    grade = forms.CharField(
        label=_("grade bands"), required=False, max_length=60, widget=forms.Select
    )

    def __init__(self, data: QueryDict):
        super().__init__(data, label_suffix="")
        self.fields["q"].widget.attrs |= {
            "type": "search",
            "autocomplete": "off",
            "enterkeyhint": "search",
            "maxlength": MAX_LENGTH,
        }
        self.is_valid()

    @property
    def query(self) -> str:
        """The query; "" if there is none, or it is not valid."""
        return self.cleaned_data.get("q", "")

    def facet_values(self) -> dict[str, str]:
        """Return the chosen facets: name → value."""
        return {name: value for name in FACETS if (value := self.cleaned_data.get(name))}

    def set_facet_choices(self, results: SearchResults) -> None:
        """Let each facet offer its values with their counts; leave out one that narrows nothing."""
        chosen = self.facet_values()
        for name, counter in results.facet_counts().items():
            if set(counter.values()) <= {len(results.rows)} and name not in chosen:
                del self.fields[name]
                continue
            values = set(counter) | ({chosen[name]} if name in chosen else set())
            labels = _labels(name, values)
            options = [(value, label_with_count(labels[value], counter[value])) for value in labels]
            self.fields[name].widget.attrs["form"] = "search-form"
            self.fields[name].widget.choices = [("", _("all")), *options]

    def facets(self) -> list[forms.BoundField]:
        """Return the fields of the facets that are shown."""
        return [self[name] for name in FACETS if name in self.fields]

    def query_string(self) -> str:
        """Return the valid values as a query string, without the page number."""
        values = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode(values)


def _labels(name: str, values: Iterable[str]) -> dict[str, str]:
    """Return value → label in the order of the choices."""
    if name == "school":
        school_ids = [value for value in values if value.isdecimal() and len(value) < 16]
        schools = SchoolPage.objects.filter(pk__in=school_ids).order_by("title")
        return {str(pk): title for pk, title in schools.values_list("pk", "title")}
    if name == "type":
        return dict(sorted((value, kind_label(value)) for value in values))
    return {value: value for value in sorted(values, reverse=name == "year")}

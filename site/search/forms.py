"""The query string of the search page."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from core.listing import label_with_count
from schools.models import SchoolPage
from search.answers import kind_label
from search.finding import FACETS, Found

LONGEST = 100


class SearchForm(forms.Form):
    """What to search for, and the facets that narrow it. Unknown parameters are ignored."""

    q = forms.CharField(label=_("Search for"), max_length=LONGEST, required=False)
    type = forms.CharField(label=_("kind"), required=False, max_length=60, widget=forms.Select)
    school = forms.CharField(label=_("school"), required=False, max_length=20, widget=forms.Select)
    stage = forms.CharField(label=_("stage"), required=False, max_length=60, widget=forms.Select)
    year = forms.CharField(label=_("year"), required=False, max_length=4, widget=forms.Select)
    grade = forms.CharField(
        label=_("grade bands"), required=False, max_length=60, widget=forms.Select
    )

    def __init__(self, data):
        super().__init__(data, label_suffix="")
        self.fields["q"].widget.attrs |= {
            "type": "search",
            "autocomplete": "off",
            "enterkeyhint": "search",
            "maxlength": LONGEST,
        }
        self.is_valid()

    @property
    def query(self) -> str:
        """The words; "" if there are none, or they are refused."""
        return self.cleaned_data.get("q", "")

    def chosen(self) -> dict[str, str]:
        """The facets chosen."""
        return {name: value for name in FACETS if (value := self.cleaned_data.get(name))}

    def offer(self, found: Found) -> None:
        """Let each facet offer what it leads to; one that parts nothing is not shown."""
        counts, chosen = found.counts(), self.chosen()
        for name, counter in counts.items():
            if set(counter.values()) <= {len(found.rows)} and name not in chosen:
                del self.fields[name]
                continue
            labels = _labels(name, counter.keys() | {chosen.get(name)} - {None})
            options = [(value, label_with_count(labels[value], counter[value])) for value in labels]
            self.fields[name].widget.attrs["form"] = "search-form"
            self.fields[name].widget.choices = [("", _("all")), *options]

    def facets(self) -> list:
        """The fields of the facets that are offered."""
        return [self[name] for name in FACETS if name in self.fields]

    def query_string(self) -> str:
        """The valid values, without the number of the page."""
        values = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode(values)


def _labels(name: str, values) -> dict[str, str]:
    """Value → its label, in the order in which it is offered."""
    if name == "school":
        keys = [value for value in values if value.isdecimal() and len(value) < 16]
        titles = SchoolPage.objects.filter(pk__in=keys).order_by("title")
        return {str(key): title for key, title in titles.values_list("pk", "title")}
    if name == "type":
        return dict(sorted((value, kind_label(value)) for value in values))
    return {value: value for value in sorted(values, reverse=name == "year")}

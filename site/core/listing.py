"""Listings: a validated filter form, and pagination where a bad page number is 404."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def paginate(rows: Any, number: str | None, page_size: int, count: int | None = None) -> Page:
    """Return page `number` of `rows`, the first if None; `count` spares the query for the total.

    Raises:
        Http404: `number` is no number, or there is no such page.
    """
    paginator = Paginator(rows, page_size)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number or 1)
    except InvalidPage as error:
        raise Http404("no such page") from error


def label_with_count(label: str | Promise, count: int) -> str:
    """Return the label of a filter's option with the number of entries it leads to."""
    return gettext("%(label)s (%(number)s)") % {"label": label, "number": count}


class ListingForm(forms.Form):
    """The query string of a listing. Unknown parameters are ignored; bad values are named.

    A bad value filters nothing: the reader sees the message and the whole list.
    """

    q = forms.CharField(label=_("words in the title"), max_length=60, required=False)

    # Form field → lookup on the entries.
    lookups: dict[str, str] = {"q": "title__icontains"}
    # Fields whose options show how many entries they lead to.
    counted_fields: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, Any], *, entries: Any, index: Any):
        super().__init__(data, label_suffix="")
        self.entries, self.index = entries, index
        for name in self.fields:
            self.fields[name].required = False

    def chosen_values(self) -> dict[str, Any]:
        """Return the valid, non-empty values by field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def set_choices(
        self, name: str, choices: Iterable[tuple[Any, Any]], empty_label: str | Promise
    ) -> None:
        """Set the choices of a field, with a first one that means “all”."""
        self._choice_field(name).choices = [("", empty_label), *choices]

    def _choice_field(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def distinct_choices(self, lookup: str, order: str = "") -> list[tuple[str, str]]:
        """Return what the entries have at `lookup`, as choices; `order` "-": greatest first."""
        values = self.entries.order_by(order + lookup).values_list(lookup, flat=True).distinct()
        return [(str(value), str(value)) for value in values if value]

    def filter_entries(self, entries: Any) -> Any:
        """Return the entries that have the chosen values."""
        return self.filter_by(entries, self.chosen_values())

    def filter_by(self, entries: Any, values: dict[str, Any]) -> Any:
        """Return the entries that have these values of fields, which may be some of the chosen."""
        for name, value in values.items():
            if name in self.lookups:
                entries = entries.filter(**{self.lookups[name]: value})
        return entries

    def count_options(self, entries: Any) -> None:
        """Add to the label of each option how many entries it leads to, other filters applied.

        An option that leads to nothing is left out, unless it is the chosen one. One query for
        each of `counted_fields`.
        """
        values = self.chosen_values()
        for name in self.counted_fields:
            other_values = {other: value for other, value in values.items() if other != name}
            matching = self.filter_by(entries, other_values).order_by()
            counts = self.option_counts(name, matching, other_values)
            chosen_value = values.get(name)
            field = self._choice_field(name)
            options: list[tuple[Any, Any]] = list(cast(Iterable, field.choices))
            all_option, *options = options
            field.choices = [
                all_option,
                *(
                    (value, label_with_count(label, count))
                    for value, label in options
                    if (count := counts.get(str(value), 0)) or str(value) == chosen_value
                ),
            ]

    def option_counts(self, name: str, entries: Any, other_values: dict) -> dict[str, int]:
        """Return how many of `entries`, filtered by `other_values`, have each value of a field."""
        rows = entries.values_list(self.lookups[name]).annotate(Count("pk", distinct=True))
        return {str(value): count for value, count in rows}

    def query_string(self) -> str:
        """Return the chosen values as a query string for page links, without the page number."""
        return urlencode({name: self.data.get(name) for name in self.chosen_values()})

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is applied."""
        return bool(self.chosen_values())

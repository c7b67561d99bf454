"""Listings: a validated filter form, and pagination where a bad page number is 404."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def page_of(rows, number: str | None, size: int, count: int | None = None) -> Page:
    """One page of `rows`; whoever has counted them already says how many there are.

    Raises:
        Http404: `number` is no number, or there is no such page.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number or 1)
    except InvalidPage as error:
        raise Http404("no such page") from error


def with_number(label, number: int) -> str:
    """An option of a filter with the number of entries it leads to."""
    return gettext("%(label)s (%(number)s)") % {"label": label, "number": number}


class ListingForm(forms.Form):
    """The query string of a listing. Unknown parameters are ignored; bad values are named.

    A bad value narrows nothing: the reader sees the message and the unfiltered list.
    """

    q = forms.CharField(label=_("words in the title"), max_length=60, required=False)

    # form field → lookup on the entries
    lookups: dict[str, str] = {"q": "title__icontains"}
    # fields whose options say how many entries they lead to
    counted: tuple[str, ...] = ()

    def __init__(self, data, *, entries, index):
        super().__init__(data, label_suffix="")
        self.entries, self.index = entries, index
        for name in self.fields:
            self.fields[name].required = False

    def chosen(self) -> dict:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def limit_to(self, name: str, choices, empty_label) -> None:
        """Set the choices of a field, with a first one that means “all”."""
        self.fields[name].choices = [("", empty_label), *choices]

    def values_of(self, lookup: str, order: str = "") -> list[tuple[str, str]]:
        """What the entries have at `lookup`, as choices; `order` "-": the greatest first."""
        found = self.entries.order_by(order + lookup).values_list(lookup, flat=True).distinct()
        return [(str(value), str(value)) for value in found if value]

    def apply(self, entries):
        """Narrow `entries` by what was chosen."""
        return self.narrow(entries, self.chosen())

    def narrow(self, entries, chosen: dict):
        """Narrow `entries` by these values of fields; counted forms are asked for some alone."""
        for name, value in chosen.items():
            if name in self.lookups:
                entries = entries.filter(**{self.lookups[name]: value})
        return entries

    def count_options(self, entries) -> None:
        """Write beside each option how many entries it leads to, the other choices kept.

        An option that leads to nothing is left out, unless it is the one chosen. One query for
        each field of `counted`.
        """
        values = self.chosen()
        for name in self.counted:
            others = {other: value for other, value in values.items() if other != name}
            numbers = self.numbers(name, self.narrow(entries, others).order_by(), others)
            chosen = values.get(name)
            everything, *options = self.fields[name].choices
            self.fields[name].choices = [
                everything,
                *(
                    (value, with_number(label, number))
                    for value, label in options
                    if (number := numbers.get(str(value), 0)) or str(value) == chosen
                ),
            ]

    def numbers(self, name: str, entries, others: dict) -> dict[str, int]:
        """Value of the field `name` → how many of `entries`, narrowed by `others`, have it."""
        rows = entries.values_list(self.lookups[name]).annotate(Count("pk", distinct=True))
        return {str(value): number for value, number in rows}

    def query_string(self) -> str:
        """The chosen values as a query string without the page number, for page links."""
        return urlencode({name: self.data.get(name) for name in self.chosen()})

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader has chosen anything."""
        return bool(self.chosen())

"""Listings: a validated filter form, and pagination where a bad page number is 404."""

from urllib.parse import urlencode

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404
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


class ListingForm(forms.Form):
    """The query string of a listing. Unknown parameters are ignored; bad values are named.

    A bad value narrows nothing: the reader sees the message and the unfiltered list.
    """

    q = forms.CharField(label=_("words in the title"), max_length=60, required=False)

    # form field → lookup on the entries
    lookups: dict[str, str] = {"q": "title__icontains"}

    def __init__(self, data, *, entries, index):
        super().__init__(data, label_suffix="")
        self.entries, self.index = entries, index
        for name in self.fields:
            self.fields[name].required = False

    def chosen(self) -> dict:
        """The valid, non-empty values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    def apply(self, entries):
        """Narrow `entries` by what was chosen."""
        for name, value in self.chosen().items():
            if name in self.lookups:
                entries = entries.filter(**{self.lookups[name]: value})
        return entries

    def query_string(self) -> str:
        """The chosen values as a query string without the page number, for page links."""
        return urlencode({name: self.data.get(name) for name in self.chosen()})

    @property
    def is_narrowed(self) -> bool:
        """Whether the reader has chosen anything."""
        return bool(self.chosen())

"""What readers find: the public pages of one home page that hold the words, counted and ordered."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search.models import PublicEntry

# The facets, as a query string names them, and the column of a row each is counted by.
FACETS = {
    "type": "kind",
    "school": "school_id",
    "stage": "stage",
    "year": "year",
    "grade": "grades",
}
COLUMNS = ("pk", *FACETS.values())
# Of so many hits at most the texts are weighed.
CLOSELY = 500


@dataclass(frozen=True)
class Found:
    """The rows of a search, in order, each of `COLUMNS`; perhaps narrowed by facets.

    There may be 100,000 rows: each is looked at as seldom as can be.
    """

    rows: list[tuple]
    chosen: dict[str, str] = field(default_factory=dict)

    def narrowed(self, chosen: dict[str, str]) -> "Found":
        """The same search, narrowed by these facets: name → value."""
        return replace(self, chosen=chosen)

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the pages found."""
        if not self.chosen:
            return [row[0] for row in self.rows]
        return [row[0] for row, misses in zip(self.rows, self._misses, strict=True) if not misses]

    def counts(self) -> dict[str, Counter]:
        """What each value of a facet would lead to, the other facets kept."""
        counts = {}
        for place, name in enumerate(FACETS, 1):
            # Cells are counted before they are taken apart.
            cells = Counter(row[place] for row in self._fitting(name))
            counts[name] = counter = Counter()
            for cell, number in cells.items():
                for value in _values(cell):
                    counter[value] += number
        return counts

    def _fitting(self, name: str):
        """The rows that have all the facets chosen, this one aside."""
        if not self.chosen:
            return self.rows
        fits = ([], [name])
        return [row for row, misses in zip(self.rows, self._misses, strict=True) if misses in fits]

    @cached_property
    def _misses(self) -> list[list[str]]:
        """For each row the facets chosen that it does not have."""
        wanted = [
            (name, place, self.chosen[name])
            for place, name in enumerate(FACETS, 1)
            if name in self.chosen
        ]
        return [
            [name for name, place, value in wanted if value not in _values(row[place])]
            for row in self.rows
        ]


def public(home: Page):
    """The entries below this home page that can be reached now."""
    entries = PublicEntry.objects.filter(home=home)
    return entries.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


def find(query, home: Page) -> Found:
    """The public pages that match `query` (text, or a tree of Wagtail's), the best first.

    Of many, those with the words in their title come first and then the newest; of a few, those
    that speak of it most.
    """
    backend = get_search_backend()
    with backend.planned():
        rows = _rows(query, home, closely=False)
        if 1 < len(rows) <= CLOSELY and not backend.always_weighs_texts:
            rows = _rows(query, home, closely=True)
    return Found(rows)


def _rows(query, home: Page, closely: bool) -> list[tuple]:
    found = matching(query, public(home), closely=closely)
    return list(found.order_by("-_score", "-published_at", "-pk").values_list(*COLUMNS))


def matching(query, entries, typing: bool = False, closely: bool = True):
    """`entries` narrowed to the pages that match, annotated with their `_score`."""
    backend = get_search_backend()
    kind = backend.autocomplete_query_compiler_class if typing else backend.query_compiler_class
    compiler = kind(Page.objects.none(), query)
    compiler.closely = closely
    return compiler.joined(entries)


def _values(cell) -> list[str]:
    """The values of a column; several stand one below the other."""
    return str(cell).split("\n") if cell else []

"""Queries of readers: the public pages of one home page that match, counted and ordered."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import SearchQuery

from search.models import PublicEntry

# The facets, as a query string names them, and the column of an entry that each counts.
FACETS = {
    "type": "kind",
    "school": "school_id",
    "stage": "stage",
    "year": "year",
    "grade": "grades",
}
COLUMNS = ("pk", *FACETS.values())
# Up to so many results the text counts for their order; of more, only the title.
MAX_RANKED_BY_TEXT = 500


@dataclass(frozen=True)
class SearchResults:
    """The rows of a search in order, each of `COLUMNS`; perhaps narrowed by facets.

    There may be 100,000 rows, so each is read as seldom as possible.
    """

    rows: list[tuple]
    facet_values: dict[str, str] = field(default_factory=dict)

    def narrowed_by(self, facet_values: dict[str, str]) -> "SearchResults":
        """Return the same search narrowed by these facets: name → value."""
        return replace(self, facet_values=facet_values)

    @cached_property
    def page_ids(self) -> list[int]:
        """The primary keys of the matching pages."""
        if not self.facet_values:
            return [row[0] for row in self.rows]
        pairs = zip(self.rows, self._mismatches, strict=True)
        return [row[0] for row, mismatches in pairs if not mismatches]

    def facet_counts(self) -> dict[str, Counter[str]]:
        """Return facet → value → how many pages it would lead to with the other facets kept."""
        counts = {}
        for position, name in enumerate(FACETS, 1):
            # Cells are counted before they are split.
            cells = Counter(row[position] for row in self._rows_matching_others(name))
            counter: Counter[str] = Counter()
            for cell, number in cells.items():
                for value in _cell_values(cell):
                    counter[value] += number
            counts[name] = counter
        return counts

    def _rows_matching_others(self, name: str) -> list[tuple]:
        """Return the rows that match all the facets except `name`."""
        if not self.facet_values:
            return self.rows
        accepted: tuple[list[str], list[str]] = ([], [name])
        pairs = zip(self.rows, self._mismatches, strict=True)
        return [row for row, mismatches in pairs if mismatches in accepted]

    @cached_property
    def _mismatches(self) -> list[list[str]]:
        """For each row the facets that it does not match."""
        conditions = [
            (name, position, self.facet_values[name])
            for position, name in enumerate(FACETS, 1)
            if name in self.facet_values
        ]
        return [
            [
                name
                for name, position, value in conditions
                if value not in _cell_values(row[position])
            ]
            for row in self.rows
        ]


def public_entries(home: Page) -> QuerySet[PublicEntry]:
    """Return the entries below this home page that readers can reach now."""
    entries = PublicEntry.objects.filter(home=home)
    return entries.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))


def search_entries(query: str | SearchQuery, home: Page) -> SearchResults:
    """Return the public pages below `home` that match `query`, the best first.

    Of many, those that match in their title come first and then the newest; of a few, those that
    match most.
    """
    backend = get_search_backend()
    with backend.planner_settings():
        rows = _search_rows(query, home, rank_by_text=False)
        if 1 < len(rows) <= MAX_RANKED_BY_TEXT and not backend.always_ranks_by_text:
            rows = _search_rows(query, home, rank_by_text=True)
    return SearchResults(rows)


def _search_rows(query: str | SearchQuery, home: Page, rank_by_text: bool) -> list[tuple]:
    entries = filter_entries(query, public_entries(home), rank_by_text=rank_by_text)
    return list(entries.order_by("-_score", "-published_at", "-pk").values_list(*COLUMNS))


def filter_entries(
    query: str | SearchQuery,
    entries: QuerySet[PublicEntry],
    autocomplete: bool = False,
    rank_by_text: bool = True,
) -> QuerySet[Any]:
    """Return `entries` narrowed to the pages that match, annotated with their `_score`."""
    backend = get_search_backend()
    compiler_class = (
        backend.autocomplete_query_compiler_class if autocomplete else backend.query_compiler_class
    )
    compiler = compiler_class(Page.objects.none(), query)
    compiler.rank_by_text = rank_by_text
    return compiler.filter_queryset(entries)


def _cell_values(cell: object) -> list[str]:
    """Return the values of a column; several stand on a line each."""
    return str(cell).split("\n") if cell else []

"""The results of a query as readers see them, promoted pages and suggestions."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.models import Page

from core.models import BasePage
from search.excerpts import excerpt, highlight, highlight_pattern
from search.fuzzy import search_similar
from search.models import PromotedResult, PublicEntry
from search.queries import SearchResults, filter_entries, public_entries, search_entries

MAX_SUGGESTIONS = 8


class SearchResponse(NamedTuple):
    """The results of a query; with `is_similar` nothing matches it, but these pages nearly do."""

    query: str
    results: SearchResults
    is_similar: bool = False

    def hits(self, page_ids: Iterable[int]) -> list["SearchHit"]:
        """Return the pages with these primary keys as they are shown, in this order."""
        page_ids = list(page_ids)
        pattern = highlight_pattern(self.query, self.is_similar)
        entries = PublicEntry.objects.select_related("school", "written").in_bulk(page_ids)
        pages = {page.pk: page for page in Page.objects.live().filter(pk__in=page_ids).specific()}
        return [SearchHit(pages[pk], entries[pk], pattern) for pk in page_ids if pk in pages]


class SearchHit:
    """A page in the list of results."""

    def __init__(self, page: BasePage, entry: PublicEntry, pattern: re.Pattern[str]):
        self.page, self.entry, self.pattern = page, entry, pattern

    @property
    def kind(self) -> str:
        """The name of its page type."""
        return kind_label(self.entry.kind)

    @property
    def title(self) -> SafeString:
        """The title with the matches marked."""
        return highlight(self.page.title, self.pattern)

    @property
    def excerpt(self) -> SafeString:
        """The text around the first match, or else the page's own summary."""
        text = excerpt(self.entry.written.text, self.pattern)
        return text or highlight(self.page.summary_text, self.pattern)

    @property
    def school(self) -> str:
        """The school that published it; "" for the district, and for the school itself."""
        school = self.entry.school
        return school.title if school and school.pk != self.page.pk else ""


def search_pages(query: str, home: Page, facet_values: dict[str, str]) -> SearchResponse:
    """Return the public pages below `home` that match; without any, those one typo away."""
    results = search_entries(query, home)
    is_similar = not results.page_ids
    if is_similar:
        results = search_similar(query, home)
    return SearchResponse(
        query, results.narrowed_by(facet_values), is_similar and bool(results.page_ids)
    )


def promoted_pages(query: str, home: Page) -> list[BasePage]:
    """Return the public pages below `home` that are promoted for this query."""
    page_ids = [row.page_id for row in PromotedResult.objects.all() if row.matches(query)]
    if not page_ids:
        return []
    public_ids = public_entries(home).filter(pk__in=page_ids).values_list("pk", flat=True)
    return list(Page.objects.live().filter(pk__in=list(public_ids)).specific())


def suggest_titles(query: str, home: Page) -> list[str]:
    """Return titles that a query typed so far may become, the likeliest first."""
    entries = filter_entries(query, public_entries(home), autocomplete=True)
    entries = entries.order_by("-_score", "-published_at", "-pk")
    titles = entries.values_list("page__title", flat=True)[: MAX_SUGGESTIONS * 2]
    return list(dict.fromkeys(titles))[:MAX_SUGGESTIONS]


def kind_label(kind: str) -> str:
    """Return the name of a page type, as facets and results show it, by its model name."""
    model = next((one for one in apps.get_models() if one._meta.model_name == kind), None)
    return str(capfirst(model._meta.verbose_name)) if model and issubclass(model, Page) else kind

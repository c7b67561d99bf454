"""The answer to a query: what was found, or what is near it, and how it is shown."""

from typing import NamedTuple

from django.apps import apps
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.models import Page

from search.excerpts import excerpt, marked, pattern_of
from search.finding import Found, find, matching, public
from search.fuzzy import find_similar
from search.models import PromotedResult, PublicEntry

SUGGESTIONS = 8


class Answer(NamedTuple):
    """What a query led to; `near`: nothing matches it, these pages nearly do."""

    query: str
    found: Found
    near: bool = False

    def results(self, keys) -> list["Result"]:
        """The pages of these keys as they are shown, in this order."""
        pattern = pattern_of(self.query, self.near)
        entries = PublicEntry.objects.select_related("school", "written").in_bulk(list(keys))
        pages = {page.pk: page for page in Page.objects.live().filter(pk__in=keys).specific()}
        return [Result(pages[key], entries[key], pattern) for key in keys if key in pages]


class Result:
    """One page that was found."""

    def __init__(self, page: Page, entry: PublicEntry, pattern):
        self.page, self.entry, self.pattern = page, entry, pattern

    @property
    def kind(self) -> str:
        """What kind of page it is."""
        return kind_label(self.entry.kind)

    @property
    def title(self) -> SafeString:
        """The title, what was found in it marked."""
        return marked(self.page.title, self.pattern)

    @property
    def excerpt(self) -> SafeString:
        """The text around what was found; without that, the page's own summary."""
        found = excerpt(self.entry.written.text, self.pattern)
        return found or marked(self.page.summary_text, self.pattern)

    @property
    def school(self) -> str:
        """The school that published it; "" for the district, and for the school itself."""
        school = self.entry.school
        return school.title if school and school.pk != self.page.pk else ""


def answer(query: str, home: Page, chosen: dict[str, str]) -> Answer:
    """What readers find below `home`; where nothing matches, what is one slip away."""
    found = find(query, home)
    near = not found.keys
    if near:
        found = find_similar(query, home)
    return Answer(query, found.narrowed(chosen), near and bool(found.keys))


def promoted(query: str, home: Page) -> list[Page]:
    """The public pages of this home page that somebody promotes for this query."""
    keys = [row.page_id for row in PromotedResult.objects.all() if row.answers(query)]
    if not keys:
        return []
    keys = list(public(home).filter(pk__in=keys).values_list("pk", flat=True))
    return list(Page.objects.live().filter(pk__in=keys).specific())


def suggestions(query: str, home: Page) -> list[str]:
    """Titles that what was typed may become, the likeliest first."""
    rows = matching(query, public(home), typing=True).order_by("-_score", "-published_at", "-pk")
    titles = rows.values_list("page__title", flat=True)[: SUGGESTIONS * 2]
    return list(dict.fromkeys(titles))[:SUGGESTIONS]


def kind_label(kind: str) -> str:
    """The name of a kind of page, as a facet and a result show it."""
    model = next((one for one in apps.get_models() if one._meta.model_name == kind), None)
    return str(capfirst(model._meta.verbose_name)) if model and issubclass(model, Page) else kind

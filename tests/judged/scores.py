"""How well the search answers the judged queries."""

from typing import NamedTuple

from wagtail.search.backends import get_search_backend

from core.models import BasePage
from news.models import NewsIndexPage, NewsPage
from search import index_sync
from search.results import search_pages
from tests.helpers.bulk_factories import crowd
from tests.judged.corpus import Judged, holding, pages, queries

FIRST = 5


class Score(NamedTuple):
    """One query: the share of what holds it that was found, and of the first five that is right."""

    judged: Judged
    recall: float
    precision: float
    missed: list[str]
    titles: list[str]


def publish(district) -> None:
    """Let readers find the pages of the judged set: as rows, below the district's news."""
    texts = pages()
    titles = list(texts)
    news = crowd(
        NewsPage,
        [district.child(NewsIndexPage)],
        len(titles),
        title=lambda number, _parent: titles[number],
        body=lambda number, _parent: [("paragraph", f"<p>{texts[titles[number]]}</p>")],
    )
    get_search_backend().add_bulk(NewsPage, news)
    index_sync.refresh([page.pk for page in news])


def scores(home: BasePage) -> list[Score]:
    """The judged queries, answered by the search page's own way."""
    texts = pages()
    return [_score(judged, home, texts) for judged in queries()]


def means(found: list[Score]) -> tuple[float, float]:
    """Mean recall, of the queries that the texts hold, and mean precision of all."""
    direct = (score.recall for score in found if not score.judged.indirect)
    return mean(direct), mean(score.precision for score in found)


def mean(values) -> float:
    """The mean of what there is to judge; 1 without anything."""
    values = list(values)
    return sum(values) / len(values) if values else 1.0


def _score(judged: Judged, home: BasePage, texts: dict[str, str]) -> Score:
    response = search_pages(judged.query, home, {})
    titles = [hit.page.title for hit in response.hits(response.results.page_ids)]
    truth = set(judged.expected) if judged.indirect else holding(judged.query, texts)
    right = truth | set(judged.expected)
    first = titles[:FIRST]
    recall = len(right & set(titles)) / len(right) if right else 1.0
    hits = len([title for title in first if title in right])
    precision = hits / len(first) if first else float(not right)
    return Score(judged, recall, precision, sorted(set(judged.expected) - set(titles)), titles)

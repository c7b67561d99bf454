"""How well the search answers the judged queries."""

from collections.abc import Iterable
from typing import NamedTuple

from wagtail.search.backends import get_search_backend

from core.models import BasePage
from news.models import NewsIndexPage, NewsPage
from search import index_sync
from search.results import search_pages
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.district import District
from tests.judged.corpus import JudgedQuery, corpus_texts, judged_queries, titles_containing

FIRST = 5


class Score(NamedTuple):
    """One query: the share of its pages that was found, and of the first five that is right."""

    query: JudgedQuery
    recall: float
    precision: float
    missed: list[str]
    titles: list[str]


def publish_corpus(district: District) -> None:
    """Let readers find the pages of the judged set: as rows, below the district's news."""
    texts = corpus_texts()
    titles = list(texts)
    news = bulk_create_pages(
        NewsPage,
        [district.child(NewsIndexPage)],
        len(titles),
        title=lambda number, _parent: titles[number],
        body=lambda number, _parent: [("paragraph", f"<p>{texts[titles[number]]}</p>")],
    )
    get_search_backend().add_bulk(NewsPage, news)
    index_sync.refresh([page.pk for page in news])


def score_queries(home: BasePage) -> list[Score]:
    """The judged queries, answered by the search page's own way."""
    texts = corpus_texts()
    return [_score(query, home, texts) for query in judged_queries()]


def mean_scores(scores: list[Score]) -> tuple[float, float]:
    """Mean recall, of the queries that the texts contain, and mean precision of all."""
    direct = (score.recall for score in scores if not score.query.indirect)
    return mean(direct), mean(score.precision for score in scores)


def mean(values: Iterable[float]) -> float:
    """The mean of what there is to judge; 1 without anything."""
    values = list(values)
    return sum(values) / len(values) if values else 1.0


def _score(query: JudgedQuery, home: BasePage, texts: dict[str, str]) -> Score:
    response = search_pages(query.query, home, {})
    titles = [hit.page.title for hit in response.hits(response.results.page_ids)]
    matching = set(query.expected) if query.indirect else titles_containing(query.query, texts)
    right = matching | set(query.expected)
    first = titles[:FIRST]
    recall = len(right & set(titles)) / len(right) if right else 1.0
    hits = len([title for title in first if title in right])
    precision = hits / len(first) if first else float(not right)
    return Score(query, recall, precision, sorted(set(query.expected) - set(titles)), titles)

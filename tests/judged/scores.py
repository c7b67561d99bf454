"""How well the search answers the judged queries."""

from typing import NamedTuple

from core.models import BasePage
from search.answers import answer
from tests.judged.corpus import Judged, holding, pages, queries

FIRST = 5


class Score(NamedTuple):
    """One query: the share of what holds it that was found, and of the first five that is right."""

    judged: Judged
    recall: float
    precision: float
    missed: list[str]
    titles: list[str]


def scores(home: BasePage) -> list[Score]:
    """The judged queries, answered by the search page's own way."""
    texts = pages()
    return [_score(judged, home, texts) for judged in queries()]


def mean(values) -> float:
    """The mean of what there is to judge; 1 without anything."""
    values = list(values)
    return sum(values) / len(values) if values else 1.0


def _score(judged: Judged, home: BasePage, texts: dict[str, str]) -> Score:
    found = answer(judged.query, home, {})
    titles = [result.page.title for result in found.results(found.found.keys)]
    truth = set(judged.expected) if judged.indirect else holding(judged.query, texts)
    right = truth | set(judged.expected)
    first = titles[:FIRST]
    recall = len(right & set(titles)) / len(right) if right else 1.0
    hits = len([title for title in first if title in right])
    precision = hits / len(first) if first else float(not right)
    return Score(judged, recall, precision, sorted(set(judged.expected) - set(titles)), titles)

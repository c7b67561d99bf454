"""The judged queries: what people type, and the pages they mean."""

import pytest
from wagtail.search.backends import get_search_backend

from news.models import NewsIndexPage, NewsPage
from search import upkeep
from tests.crowd import crowd
from tests.judged.corpus import pages, queries
from tests.judged.scores import mean, scores


@pytest.fixture
def judged_home(district):
    """A home page below which the pages of the judged set are public."""
    texts = pages()
    titles = list(texts)
    index = district.child(NewsIndexPage)
    news = crowd(
        NewsPage,
        [index],
        len(titles),
        title=lambda number, _parent: titles[number],
        body=lambda number, _parent: [("paragraph", f"<p>{texts[titles[number]]}</p>")],
    )
    get_search_backend().add_bulk(NewsPage, news)
    upkeep.refresh([page.pk for page in news])
    return district.home


def test_the_judged_set(judged_home):
    judged = queries()
    found = scores(judged_home)
    assert len(judged) >= 120
    lost = {score.judged.query: score.missed for score in found if score.missed}
    assert not lost
    wrong = {
        score.judged.query: score.titles[:5]
        for score in found
        if not score.judged.expected and score.titles
    }
    assert not wrong
    assert mean(score.recall for score in found if not score.judged.indirect) >= 0.99
    assert mean(score.precision for score in found) >= 0.9

"""The judged queries: what people type, and the pages they mean."""

from tests.judged.corpus import judged_queries
from tests.judged.scores import mean_scores, publish_corpus, score_queries


def test_the_judged_set(district):
    publish_corpus(district)
    scores = score_queries(district.home)
    assert len(judged_queries()) >= 120
    lost = {score.query.query: score.missed for score in scores if score.missed}
    assert not lost
    wrong = {
        score.query.query: score.titles[:5]
        for score in scores
        if not score.query.expected and score.titles
    }
    assert not wrong
    recall, precision = mean_scores(scores)
    assert recall >= 0.99
    assert precision >= 0.9

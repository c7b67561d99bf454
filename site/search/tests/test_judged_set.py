"""The judged queries: what people type, and the pages they mean."""

from tests.judged.corpus import queries
from tests.judged.scores import means, publish, scores


def test_the_judged_set(district):
    publish(district)
    query_scores = scores(district.home)
    assert len(queries()) >= 120
    missed = {score.judged.query: score.missed for score in query_scores if score.missed}
    assert not missed
    unexpected = {
        score.judged.query: score.titles[:5]
        for score in query_scores
        if not score.judged.expected and score.titles
    }
    assert not unexpected
    recall, precision = means(query_scores)
    assert recall >= 0.99
    assert precision >= 0.9

"""The judged queries: what people type, and the pages they mean."""

from tests.judged.corpus import queries
from tests.judged.scores import means, publish, scores


def test_the_judged_set(district):
    publish(district)
    found = scores(district.home)
    assert len(queries()) >= 120
    lost = {score.judged.query: score.missed for score in found if score.missed}
    assert not lost
    wrong = {
        score.judged.query: score.titles[:5]
        for score in found
        if not score.judged.expected and score.titles
    }
    assert not wrong
    recall, precision = means(found)
    assert recall >= 0.99
    assert precision >= 0.9

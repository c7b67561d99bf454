"""Topics: what they list, for how long they run, what they need before review."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.tests.factories import publish_news
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import unpublish_unguarded
from topics.models import TopicIndexPage
from topics.tests.factories import build_topic, chosen_list, publish_topic, rule_list

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def topics(district):
    return district.child(TopicIndexPage)


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def titles_in_order(html: str, *titles: str) -> bool:
    places = [html.find(title) for title in titles]
    return -1 not in places and places == sorted(places)


class TestChosenLists:
    def test_a_reader_sees_the_pages_in_the_order_chosen(self, client, topics, school):
        one, two = (publish_news(school, title=title) for title in ("第一件", "第二件"))
        html = read(client, publish_topic(topics, chosen_list(two, one)))
        assert titles_in_order(html, "先读这些", "第二件", "第一件")

    def test_what_was_withdrawn_is_not_named_any_more(self, client, topics, school):
        listed, withdrawn = (publish_news(school, title=title) for title in ("留下的", "撤下的"))
        topic = publish_topic(topics, chosen_list(listed, withdrawn))
        unpublish_unguarded(withdrawn)
        html = read(client, topic)
        assert "留下的" in html and "撤下的" not in html

    def test_a_list_of_which_nothing_is_left_has_no_heading(self, client, topics, school):
        withdrawn = publish_news(school)
        topic = publish_topic(topics, chosen_list(withdrawn))
        unpublish_unguarded(withdrawn)
        assert "先读这些" not in read(client, topic)

    def test_a_page_that_is_no_longer_public_is_refused_by_its_title(self, topics, school):
        withdrawn = publish_news(school, title="撤下的")
        unpublish_unguarded(withdrawn)
        with pytest.raises(ValidationError, match="撤下的"):
            build_topic(topics, chosen_list(fresh(withdrawn))).clean()


class TestRules:
    def test_what_becomes_public_later_comes_in_by_itself(self, client, topics, school):
        topic = publish_topic(topics, rule_list())
        assert "后来的" not in read(client, topic)
        publish_news(school, title="后来的")
        assert "后来的" in read(client, topic)

    def test_the_words_must_stand_in_the_title(self, client, topics, school):
        for title in ("运河日", "植树日"):
            publish_news(school, title=title)
        html = read(client, publish_topic(topics, rule_list(words="运河")))
        assert "运河日" in html and "植树日" not in html

    def test_one_school_alone(self, client, topics, district):
        ours, theirs = district.schools
        for school, title in ((ours, "我校的"), (theirs, "他校的")):
            publish_news(school, title=title)
        html = read(client, publish_topic(topics, rule_list(school=ours)))
        assert "我校的" in html and "他校的" not in html

    def test_the_last_day_belongs_to_the_rule(self, client, topics, school):
        publish_news(school, title="今天的")
        assert "今天的" in read(client, publish_topic(topics, rule_list(until=TODAY()), slug="one"))
        yesterday = TODAY() - timedelta(days=1)
        assert "今天的" not in read(
            client, publish_topic(topics, rule_list(until=yesterday), slug="two")
        )

    def test_no_more_than_asked_for(self, client, topics, school):
        for number in range(3):
            publish_news(school, title=f"第{number}件")
        html = read(client, publish_topic(topics, rule_list(number=2)))
        assert [f"第{number}件" in html for number in range(3)] == [False, True, True]

    def test_a_rule_that_ends_before_it_begins_is_refused(self, topics):
        page = build_topic(topics, rule_list(since=date(2026, 5, 2), until=date(2026, 5, 1)))
        block = page.lists.stream_block
        with pytest.raises(ValidationError):
            block.clean(page.lists)


class TestRunningTime:
    def test_one_that_is_over_can_still_be_read_and_says_so(self, client, topics):
        past = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 1)}
        topic = publish_topic(topics, rule_list(), **past)
        assert "已结束" in read(client, topic)
        assert topic.title in read(client, topics)

    def test_the_list_can_be_narrowed_to_those_that_run(self, client, topics):
        publish_topic(
            topics, rule_list(), title="旧的", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
        )
        publish_topic(topics, rule_list(), title="新的")
        for state, shown, hidden in (("running", "新的", "旧的"), ("over", "旧的", "新的")):
            html = client.get(topics.url, {"state": state}).content.decode()
            main = html.partition("<main")[2].partition("</main>")[0]
            assert shown in main and hidden not in main

    def test_a_last_day_before_the_first_is_refused(self, topics):
        days = {"starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)}
        with pytest.raises(ValidationError, match="ends_on"):
            build_topic(topics, rule_list(), **days).clean()


def test_a_topic_without_lists_cannot_be_submitted(topics):
    page = build_topic(topics)
    with pytest.raises(ValidationError, match="lists"):
        page.full_clean(exclude=["path", "depth", "slug"])


def test_a_draft_may_lack_its_lists(topics, district):
    page = build_topic(topics)
    page.saved_as_draft = True
    page.full_clean(exclude=["path", "depth", "slug"])


def test_two_people_review_a_topic_before_a_reader_sees_it(client, topics, district, school):
    topic = build_topic(
        topics, chosen_list(publish_news(school, title="公开的")), owner=district.web_editor
    )
    fresh(topics).add_child(instance=topic)
    topic.save_revision(user=district.web_editor)
    submit(fresh(topic), district.web_editor)
    assert decide(fresh(topic), district.web_editor) is not None
    assert decide(fresh(topic), district.section) is None
    assert client.get(topic.url).status_code == 404
    assert decide(fresh(topic), district.final) is None
    assert "公开的" in read(client, fresh(topic))

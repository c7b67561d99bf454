"""Topics: what they list, for how long they stand on the home page, what they ask for."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from home.models import HomePage
from home.sections import sections_of
from news.tests.factories import found_news
from publication.initial_publication import Source, publish_initial
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import unpublish_unguarded
from topics.models import TopicIndexPage, TopicPage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def topics(district):
    return district.child(TopicIndexPage)


def made(topics, *lists, **fields) -> TopicPage:
    """An unsaved topic that runs today."""
    fields = {"title": "沿河一学期", "summary": "一条河。", "starts_on": TODAY()} | fields
    return TopicPage(lists=list(lists), locale=topics.locale, live=False, **fields)


def public(topics, *lists, **fields) -> TopicPage:
    """The same, live."""
    page = made(topics, *lists, **fields)
    fresh(topics).add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)


def chosen(*pages) -> tuple:
    return "chosen", {"title": "先读这些", "pages": list(pages)}


def rule(**fields) -> tuple:
    return "rule", {"title": "最新", "kind": "news", "number": 6} | fields


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def titles_in_order(html: str, *titles: str) -> bool:
    places = [html.find(title) for title in titles]
    return -1 not in places and places == sorted(places)


class TestChosenLists:
    def test_a_reader_sees_the_pages_in_the_order_chosen(self, client, topics, school):
        one, two = (found_news(school, title=title) for title in ("第一件", "第二件"))
        html = read(client, public(topics, chosen(two, one)))
        assert titles_in_order(html, "先读这些", "第二件", "第一件")

    def test_what_was_withdrawn_is_not_named_any_more(self, client, topics, school):
        kept, gone = (found_news(school, title=title) for title in ("留下的", "撤下的"))
        topic = public(topics, chosen(kept, gone))
        unpublish_unguarded(gone)
        html = read(client, topic)
        assert "留下的" in html and "撤下的" not in html

    def test_a_list_of_which_nothing_is_left_has_no_heading(self, client, topics, school):
        gone = found_news(school)
        topic = public(topics, chosen(gone))
        unpublish_unguarded(gone)
        assert "先读这些" not in read(client, topic)

    def test_a_page_that_is_no_longer_public_is_refused_by_its_title(self, topics, school):
        gone = found_news(school, title="撤下的")
        unpublish_unguarded(gone)
        with pytest.raises(ValidationError, match="撤下的"):
            made(topics, chosen(fresh(gone))).clean()


class TestRules:
    def test_what_becomes_public_later_comes_in_by_itself(self, client, topics, school):
        topic = public(topics, rule())
        assert "后来的" not in read(client, topic)
        found_news(school, title="后来的")
        assert "后来的" in read(client, topic)

    def test_the_words_must_stand_in_the_title(self, client, topics, school):
        for title in ("运河日", "植树日"):
            found_news(school, title=title)
        html = read(client, public(topics, rule(words="运河")))
        assert "运河日" in html and "植树日" not in html

    def test_one_school_alone(self, client, topics, district):
        ours, theirs = district.schools
        for school, title in ((ours, "我校的"), (theirs, "他校的")):
            found_news(school, title=title)
        html = read(client, public(topics, rule(school=ours)))
        assert "我校的" in html and "他校的" not in html

    def test_the_last_day_belongs_to_the_rule(self, client, topics, school):
        found_news(school, title="今天的")
        assert "今天的" in read(client, public(topics, rule(until=TODAY()), slug="one"))
        yesterday = TODAY() - timedelta(days=1)
        assert "今天的" not in read(client, public(topics, rule(until=yesterday), slug="two"))

    def test_no_more_than_asked_for(self, client, topics, school):
        for number in range(3):
            found_news(school, title=f"第{number}件")
        html = read(client, public(topics, rule(number=2)))
        assert [f"第{number}件" in html for number in range(3)] == [False, True, True]

    def test_a_rule_that_ends_before_it_begins_is_refused(self, topics):
        page = made(topics, rule(since=date(2026, 5, 2), until=date(2026, 5, 1)))
        block = page.lists.stream_block
        with pytest.raises(ValidationError):
            block.clean(page.lists)


class TestItsDays:
    @pytest.mark.parametrize(
        ("starts", "ends", "stands"),
        [(0, None, True), (-5, 0, True), (-5, -1, False), (1, None, False)],
    )
    def test_the_home_page_shows_it_while_it_runs(self, topics, home, starts, ends, stands):
        days = {"starts_on": TODAY() + timedelta(days=starts)}
        if ends is not None:
            days["ends_on"] = TODAY() + timedelta(days=ends)
        topic = public(topics, rule(), **days)
        assert (topic in sections_of(HomePage.objects.get(pk=home.pk))["topics"]) == stands

    def test_one_that_is_over_can_still_be_read_and_says_so(self, client, topics):
        past = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 2, 1)}
        topic = public(topics, rule(), **past)
        assert "已结束" in read(client, topic)
        assert topic.title in read(client, topics)

    def test_the_list_can_be_narrowed_to_those_that_run(self, client, topics):
        public(topics, rule(), title="旧的", starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))
        public(topics, rule(), title="新的")
        for state, shown, hidden in (("running", "新的", "旧的"), ("over", "旧的", "新的")):
            html = client.get(topics.url, {"state": state}).content.decode()
            main = html.partition("<main")[2].partition("</main>")[0]
            assert shown in main and hidden not in main

    def test_a_last_day_before_the_first_is_refused(self, topics):
        days = {"starts_on": date(2026, 2, 2), "ends_on": date(2026, 2, 1)}
        with pytest.raises(ValidationError, match="ends_on"):
            made(topics, rule(), **days).clean()


def test_a_topic_without_lists_cannot_be_submitted(topics):
    page = made(topics)
    with pytest.raises(ValidationError, match="lists"):
        page.full_clean(exclude=["path", "depth", "slug"])


def test_a_draft_may_lack_its_lists(topics, district):
    page = made(topics)
    page.saved_as_draft = True
    page.full_clean(exclude=["path", "depth", "slug"])


def test_two_people_review_a_topic_before_a_reader_sees_it(client, topics, district, school):
    topic = made(topics, chosen(found_news(school, title="公开的")), owner=district.web_editor)
    fresh(topics).add_child(instance=topic)
    topic.save_revision(user=district.web_editor)
    submit(fresh(topic), district.web_editor)
    assert decide(fresh(topic), district.web_editor) is not None
    assert decide(fresh(topic), district.section) is None
    assert client.get(topic.url).status_code == 404
    assert decide(fresh(topic), district.final) is None
    assert "公开的" in read(client, fresh(topic))

"""What a news item is, what its list shows, and what happens when a public notice is over."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import Http404

from news.models import NewsIndexPage, NewsPage
from news.tests.factories import (
    DocumentFactory,
    NewsAttachmentFactory,
    NewsPageFactory,
    publish_news,
)

# Half past midnight in Shanghai: in UTC it is still the day before.
NIGHT = datetime(2026, 5, 18, 16, 30, tzinfo=UTC)


def listed(index, rf, **query):
    """Titles that the index shows for a query string."""
    context = index.get_context(rf.get("/", query))
    return [page.title for page in context["page_obj"]]


class TestWhatIsComplete:
    pytestmark = pytest.mark.django_db

    def test_a_public_notice_needs_its_last_day(self):
        notice = NewsPageFactory(kind=NewsPage.Kind.PUBLIC_NOTICE)
        with pytest.raises(ValidationError) as refused:
            notice.full_clean()
        assert list(refused.value.error_dict) == ["notice_until"]

    @pytest.mark.parametrize("kind", ["headline", "activity", "case"])
    def test_only_notices_and_announcements_have_a_last_day(self, kind):
        item = NewsPageFactory(kind=kind, notice_until=date(2026, 5, 18))
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert list(refused.value.error_dict) == ["notice_until"]

    def test_author_and_summary_are_needed(self):
        item = NewsPageFactory(author_name="", summary="")
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert set(refused.value.error_dict) == {"author_name", "summary"}

    def test_a_summary_is_short(self):
        item = NewsPageFactory()
        item.summary = "长" * 201
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert list(refused.value.error_dict) == ["summary"]

    def test_an_announcement_may_have_a_last_day(self):
        NewsPageFactory(kind="announcement", notice_until=date(2026, 5, 18)).full_clean()

    def test_a_notice_that_ended_long_ago_is_still_a_valid_page(self):
        NewsPageFactory(ended=True).full_clean()


@pytest.mark.django_db
class TestTheLastDay:
    @pytest.fixture
    def notice(self):
        return NewsPageFactory.build(public_notice=True, notice_until=date(2026, 5, 18))

    def test_it_ends_by_the_clock_of_the_district(self, notice, time_machine):
        time_machine.move_to(NIGHT, tick=False)
        assert notice.notice_is_over
        assert notice.notice_days_left() == 0

    def test_it_runs_until_midnight(self, notice, time_machine):
        time_machine.move_to(datetime(2026, 5, 18, 15, 59, tzinfo=UTC), tick=False)
        assert not notice.notice_is_over
        assert notice.notice_days_left() == 0

    def test_days_are_counted_after_today(self, notice, time_machine):
        time_machine.move_to(datetime(2026, 5, 13, 4, tzinfo=UTC), tick=False)
        assert notice.notice_days_left() == 5

    def test_other_items_never_end(self):
        item = NewsPageFactory.build()
        assert item.notice_days_left() is None
        assert not item.has_ended

    def test_an_ended_notice_has_ended(self, notice, rf, time_machine):
        notice = NewsPageFactory(ended=True)
        answer = notice.serve(rf.get("/"))
        assert answer.status_code == 410
        assert answer.template_name == "news/notice_over.html"

    def test_a_running_notice_is_shown(self, rf):
        assert NewsPageFactory(public_notice=True).serve(rf.get("/")).status_code == 200

    def test_an_ended_announcement_stays(self, rf):
        item = NewsPageFactory(kind="announcement", notice_until=date(2020, 5, 18))
        assert item.notice_is_over
        assert item.serve(rf.get("/")).status_code == 200


class TestTheList:
    @pytest.fixture
    def index(self, district):
        return district.child(NewsIndexPage)

    def test_it_shows_neither_drafts_nor_ended_notices(self, index, school, rf):
        publish_news(school, title="进行中的公示", public_notice=True)
        publish_news(school, title="已结束的公示", ended=True)
        NewsPageFactory(parent=school, title="草稿")
        assert listed(index, rf) == ["进行中的公示"]
        assert [page.title for page in NewsPage.listed()] == ["进行中的公示"]

    def test_it_holds_items_of_schools_and_of_the_district(self, index, school, rf):
        publish_news(school, title="学校的")
        publish_news(index, title="区里的")
        assert set(listed(index, rf)) == {"学校的", "区里的"}

    def test_it_keeps_to_its_language(self, index, school, rf):
        publish_news(school)
        english = NewsIndexPage.objects.get(
            translation_key=index.translation_key, locale__language_code="en"
        )
        assert listed(english, rf) == []

    def test_filters_narrow_it(self, index, school, rf):
        old = datetime(2024, 12, 31, 17, tzinfo=UTC)  # already 2025 in Shanghai
        publish_news(school, title="彩虹走廊", kind="case", at=old)
        publish_news(index, title="通知", kind="announcement")
        assert listed(index, rf, kind="case") == ["彩虹走廊"]
        assert listed(index, rf, year="2025") == ["彩虹走廊"]
        assert listed(index, rf, school=school.slug) == ["彩虹走廊"]
        assert listed(index, rf, q="彩虹") == ["彩虹走廊"]
        assert listed(index, rf, q="彩虹", kind="announcement") == []

    @pytest.mark.parametrize(
        ("name", "value"), [("year", "二〇二五"), ("kind", "rumour"), ("school", "nowhere")]
    )
    def test_a_bad_value_is_named_and_narrows_nothing(self, index, school, rf, name, value):
        publish_news(school, title="彩虹走廊")
        form = index.get_context(rf.get("/", {name: value}))["form"]
        assert name in form.errors
        assert listed(index, rf, **{name: value}) == ["彩虹走廊"]

    def test_a_page_that_is_not_there_is_404(self, index, rf):
        with pytest.raises(Http404):
            index.get_context(rf.get("/", {"page": "2"}))

    def test_more_rows_take_no_more_queries(self, index, school, rf, django_assert_max_num_queries):
        for number in range(6):
            publish_news((index, school)[number % 2])
        with django_assert_max_num_queries(8):
            context = index.get_context(rf.get("/"))
            shown = [
                (page.publisher, page.card_image, page.facets()) for page in context["page_obj"]
            ]
        assert len(shown) == 6


class TestWhatItSaysOfItself:
    pytestmark = pytest.mark.django_db

    def test_a_reprint_names_its_source(self, school):
        item = NewsPageFactory(parent=school)
        assert item.source_text == school.title
        item.source = "齐鲁晚报"
        assert item.source_text == "齐鲁晚报"

    def test_a_document_in_use_cannot_be_deleted(self):
        attachment = NewsAttachmentFactory(page=NewsPageFactory())
        with pytest.raises(ProtectedError):
            attachment.document.delete()

    def test_an_attachment_without_title_shows_that_of_the_document(self):
        attachment = NewsAttachmentFactory.build(document=DocumentFactory.build(title="名单"))
        assert str(attachment) == "名单"

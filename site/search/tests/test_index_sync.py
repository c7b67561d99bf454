"""What readers can find follows what is public: at once, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.search.models import IndexEntry

from core.publishing.contexts import confirmed_change, publishing
from search import index_sync
from search.models import PublicEntry
from search.results import search_pages
from tests.helpers.content import (
    DocumentFactory,
    NewsAttachmentFactory,
    NewsPageFactory,
    Source,
    StandardPage,
    publish_initial,
    publish_news,
    withdraw,
)
from tests.helpers.district import brand_draft, decide, fresh, submit
from tests.helpers.publish_attempts import public_page


def titles(home, query: str) -> list[str]:
    """Return the titles that a reader is shown for `query`."""
    response = search_pages(query, home, {})
    return [hit.page.title for hit in response.hits(response.results.page_ids)]


def approve(page, district) -> None:
    """Take a draft through its levels."""
    submit(page, district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        decide(page, person)


@pytest.fixture
def article(district):
    return publish_news(district.schools[0], title="水库边的思政课")


def test_a_page_is_found_as_soon_as_it_is_public(district):
    page = brand_draft(district.schools[0], district.editor1, title="深海蓝鲸品牌")
    assert titles(district.home, "深海蓝鲸") == []
    approve(page, district)
    assert titles(district.home, "深海蓝鲸") == ["深海蓝鲸品牌"]


def test_words_of_a_draft_are_not_found_before_its_approval(district):
    page = public_page(district)
    draft = fresh(page)
    draft.title, draft.slogan = "深海蓝鲸品牌", "深海蓝鲸"
    draft.save_revision(user=district.editor1)
    assert titles(district.home, "深海蓝鲸") == []
    decide(submit_again(draft, district), district.final)
    assert titles(district.home, "深海蓝鲸") == ["深海蓝鲸品牌"]


def submit_again(draft, district):
    """The draft, one decision before it is public."""
    submit(draft, district.editor1)
    decide(draft, district.reviewer1)
    decide(draft, district.section)
    return draft


def test_a_withdrawn_page_is_not_found_any_more(district):
    page = public_page(district)
    query = page.title
    assert page.title in titles(district.home, query)
    withdraw(page, district.final, "来源有误")
    assert titles(district.home, query) == []
    assert not PublicEntry.objects.filter(pk=page.pk).exists()


def test_with_a_withdrawn_school_its_content_is_not_found_either(district, article):
    withdraw(district.schools[0], district.final, "合并")
    assert titles(district.home, "水库边") == []


def test_a_public_notice_is_not_found_after_its_last_day(district):
    publish_news(district.schools[0], title="水库边工程公示", public_notice=True)
    assert titles(district.home, "水库边工程") == ["水库边工程公示"]
    # The worker has not been round yet.
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=False):
        assert titles(district.home, "水库边工程") == []


def test_what_is_restricted_is_found_by_nobody(district, article):
    with confirmed_change():
        restriction = PageViewRestriction(page=article, restriction_type="login")
        restriction.save()
    assert titles(district.home, "水库边") == []
    with confirmed_change():
        restriction.delete()
    assert titles(district.home, "水库边") == ["水库边的思政课"]


def test_a_schools_stage_counts_for_what_it_publishes(district, article):
    school = fresh(district.schools[0])
    school.stage = "junior"
    with publishing(school):
        school.save()
    entry = PublicEntry.objects.get(pk=article.pk)
    assert (entry.stage, entry.school_id) == ("初中", school.pk)


def test_stops_and_attachments_are_found_with_the_page_that_shows_them(
    district, django_capture_on_commit_callbacks
):
    page = publish_news(district.schools[0], title="有附件的通知")
    with django_capture_on_commit_callbacks(execute=True):
        page = fresh(page)
        document = DocumentFactory(title="采购明细附表")
        page.attachments.add(NewsAttachmentFactory.build(document=document))
        with publishing(page):
            page.save()
    assert titles(district.home, "采购明细附表") == ["有附件的通知"]


def test_what_lies_below_a_page_is_found_when_that_is_public(district):
    """A page can be approved before the one above it."""
    body = [("paragraph", "<p>说明。</p>")]
    parent = StandardPage(title="总章", slug="zong", body=body, live=False)
    district.home.add_child(instance=parent)
    child = StandardPage(title="深海蓝鲸说明", slug="fen", body=body, live=False)
    parent.add_child(instance=child)
    publish_initial(fresh(child), Source.DEMO)
    assert titles(district.home, "深海蓝鲸") == []
    publish_initial(fresh(parent), Source.DEMO)
    assert titles(district.home, "深海蓝鲸") == ["深海蓝鲸说明"]


def test_only_pages_of_this_language_are_found(district, article):
    english = district.home.get_translations().first()
    if english is None:
        pytest.skip("this district has no English home page")
    assert titles(english.specific, "水库边") == []


def test_a_new_index_finds_everything_again(district, article, capsys):
    before = set(PublicEntry.objects.values_list("pk", "written__text", "stage", "year"))
    PublicEntry.objects.all().delete()
    IndexEntry.objects.all().delete()
    assert titles(district.home, "水库边") == []
    call_command("rebuild_search")
    assert set(PublicEntry.objects.values_list("pk", "written__text", "stage", "year")) == before
    assert titles(district.home, "水库边") == ["水库边的思政课"]
    output = capsys.readouterr().out
    assert "news.NewsPage: 1 of 1" in output
    assert f"readers can find {len(before)} pages" in output


def test_a_rebuild_takes_away_what_should_not_be_found(district, article):
    draft = NewsPageFactory(parent=district.schools[0], title="没有审过的稿件")
    PublicEntry.objects.create(page=draft, home=district.home, kind="newspage")
    call_command("rebuild_search", verbosity=0)
    assert not PublicEntry.objects.filter(pk=draft.pk).exists()
    assert titles(district.home, "水库边") == [article.title]


def test_the_old_index_serves_while_a_new_one_is_made(district, article, monkeypatch):
    titles_meanwhile = []
    refresh = index_sync.refresh

    def search_and_refresh(page_ids, hidden=None):
        titles_meanwhile.append(titles(district.home, "水库边"))
        return refresh(page_ids, hidden)

    monkeypatch.setattr(index_sync, "refresh", search_and_refresh)
    monkeypatch.setattr(index_sync, "BATCH", 3)
    call_command("rebuild_search", verbosity=0)
    assert len(titles_meanwhile) > 3
    assert all(each == ["水库边的思政课"] for each in titles_meanwhile)

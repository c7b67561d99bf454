"""Editors find their own pages, pictures and files: in the explorer, the choosers, in Chinese."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, MatchAll, Not, Or, Phrase, PlainText

from core.models import Document, Image
from tests.helpers.content import DocumentFactory, publish_news
from tests.helpers.district import brand_draft


@pytest.fixture
def pages(district):
    school = district.schools[0]
    return {
        title: publish_news(school, title=title, summary=summary)
        for title, summary in {
            "水库边的思政课": "量水位",
            "水库巡护队": "看天气",
            "操场上的思政课": "跑一圈",
        }.items()
    }


def search_titles(query, **more) -> set[str]:
    """Return the titles that a search over all pages finds."""
    return {page.title for page in Page.objects.search(query, **more)}


@pytest.mark.parametrize("query", ["水库", "库边", "shuiku", "skb", "水庫", "边"])
def test_the_explorer_finds_pages_in_chinese(client, district, pages, query):
    client.force_login(district.admin)
    response = client.get(reverse("wagtailadmin_explore_root"), {"q": query, "search_all": "1"})
    assert "水库边的思政课" in response.content.decode()
    assert "操场上的思政课" not in response.content.decode()


@pytest.mark.parametrize("query", ["水库", "shuiku", "skb"])
def test_the_page_search_and_the_chooser_too(client, district, pages, query):
    client.force_login(district.admin)
    for name in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search"):
        html = client.get(reverse(name), {"q": query}).content.decode()
        assert "水库边的思政课" in html, name
        assert "操场上的思政课" not in html, name


def test_an_editor_finds_a_draft_that_nobody_has_seen(client, district):
    brand_draft(district.schools[0], district.editor1, title="没有发布的品牌")
    client.force_login(district.editor1)
    html = client.get(reverse("wagtailadmin_pages:search"), {"q": "没有发布"}).content.decode()
    assert "没有发布的品牌" in html


def test_documents_and_pictures_are_found_in_chinese(client, district):
    DocumentFactory(title="采购明细附表")
    Image.objects.create(title="东门剪纸窗花", file="originals/none.png", width=9, height=9)
    for query in ("明细", "mingxi", "cgmx"):
        assert [each.title for each in Document.objects.search(query)] == ["采购明细附表"]
    for query in ("剪纸", "jianzhi"):
        assert [each.title for each in Image.objects.search(query)] == ["东门剪纸窗花"]
    client.force_login(district.admin)
    for name, query, title in (
        ("wagtailimages:index", "窗花", "东门剪纸窗花"),
        ("wagtaildocs:index", "附表", "采购明细附表"),
    ):
        assert title in client.get(reverse(name), {"q": query}).content.decode()


def test_titles_weigh_more_than_texts(district):
    school = district.schools[0]
    publish_news(school, title="另一件事", summary="水库、水库、水库、水库。")
    publish_news(school, title="水库", summary="一件事。")
    assert [page.title for page in Page.objects.search("水库")] == ["水库", "另一件事"]


def test_an_order_that_was_asked_for_is_kept(pages):
    ordered = Page.objects.order_by("-title").search("水库", order_by_relevance=False)
    titles = [page.title for page in ordered]
    assert titles == sorted(titles, reverse=True)
    assert len(titles) == 2


def test_queries_can_be_put_together(pages):
    lake, lesson = PlainText("水库"), Phrase("思政课")
    every = set(Page.objects.values_list("title", flat=True))
    assert search_titles(And([lake, lesson])) == {"水库边的思政课"}
    assert search_titles(lake | lesson) == set(pages)
    assert search_titles(lake & ~lesson) == {"水库巡护队"}
    assert search_titles(~lesson) == every - {"水库边的思政课", "操场上的思政课"}
    assert search_titles(Or([lake, Not(lesson)])) == every - {"操场上的思政课"}
    assert search_titles(~lesson & ~lake) == every - set(pages)
    assert search_titles(~(lake & lesson)) == every - {"水库边的思政课"}
    assert search_titles(MatchAll()) == every
    assert search_titles(~MatchAll()) == search_titles(And([lake, PlainText("！")])) == set()
    assert search_titles("水库 操场", operator="or") == set(pages)


def test_one_field_can_be_searched_alone(pages):
    assert search_titles("水库", fields=["title"]) == {"水库边的思政课", "水库巡护队"}
    assert search_titles("量水位", fields=["title"]) == set()


def test_scores_and_facets_are_there_as_in_wagtail(pages):
    results = Page.objects.search("水库").annotate_score("weight")
    assert all(page.weight > 0 for page in results)
    assert Page.objects.search("水库").facet("content_type_id") == {
        pages["水库巡护队"].content_type_id: 2
    }
    assert Page.objects.search("水库").count() == 2


def test_a_save_asks_little_of_the_index(district, pages, django_assert_max_num_queries):
    page = pages["水库巡护队"]
    with django_assert_max_num_queries(4):
        get_search_backend().add(page)

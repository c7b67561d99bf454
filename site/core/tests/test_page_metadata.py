"""The head of every public page: what it tells machines about the site and the page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.tests.factories import make_image
from core.tests.page_reader import ARTICLE_TAGS, COLUMN_TAGS, SITE_TAGS, PageReader, read_page
from tests.helpers.content import (
    BrandIndexPage,
    NewsPageFactory,
    RoutePageFactory,
    Source,
    VolunteerProjectPageFactory,
    district_news,
    publish_brand,
    publish_initial,
    publish_news,
    publish_standard_page,
    publish_two_bases,
    withdrawal,
)

pytestmark = pytest.mark.django_db


def article_of(kind: str, district, school):
    """A public page of each type that is an article."""
    if kind == "brand":
        return publish_brand(school)
    if kind == "route":
        return publish_initial(
            RoutePageFactory(parent=school, bases=publish_two_bases(district)), Source.DEMO
        )
    if kind == "project":
        return publish_initial(VolunteerProjectPageFactory(parent=school), Source.DEMO)
    more = {"public_notice": True} if kind == "notice" else {}
    return publish_news(school, **more)


class TestEveryPage:
    def test_it_names_the_site(self, client, district, informed_home, school):
        standing = publish_standard_page(informed_home)
        addresses = [
            "/",
            "/brands/",
            "/schools/",
            school.url,
            standing.url,
            district_news(district).url,
        ]
        for address in addresses:
            meta = read_page(client, address).meta
            assert {name: meta[name] for name in SITE_TAGS} == SITE_TAGS, address

    def test_a_page_not_found_names_the_site(self, client, informed_home):
        page = read_page(client, "/nowhere/", status=404)
        assert {name: page.meta[name] for name in SITE_TAGS} == SITE_TAGS
        assert "canonical" not in page.links
        assert page.json_ld == {}
        assert "鲁ICP备20210042号-1" in page.footer

    def test_a_missing_site_code_gives_no_tag(self, client, home):
        meta = read_page(client, "/").meta
        assert "SiteIDCode" not in meta
        assert meta["SiteName"] == "教育党建"

    def test_english_pages_have_the_same_code_and_their_own_name(self, client, informed_home):
        meta = read_page(client, "/en/").meta
        assert meta["SiteIDCode"] == "3708110042"
        assert meta["SiteName"] == "Party Building in Education"
        assert meta["og:locale"] == "en_GB"


class TestColumns:
    @pytest.mark.parametrize("address", ["/brands/", "/schools/", "/news/", "/routes/"])
    def test_an_index_page_has_the_tags_of_a_column(self, client, informed_home, address):
        meta = read_page(client, address).meta
        assert all(meta[name] for name in COLUMN_TAGS)
        assert not ARTICLE_TAGS & set(meta)

    def test_without_an_introduction_it_is_described_by_its_name(self, client, district):
        index = district.child(BrandIndexPage)
        BrandIndexPage.objects.filter(pk=index.pk).update(intro="")
        assert read_page(client, index.url).meta["ColumnDescription"] == index.title

    @pytest.mark.parametrize(
        ("query", "canonical_query"),
        [
            ("", ""),
            ("?mode=elder", ""),
            ("?utm=1&q=&stage=nothing", ""),
            ("?page=1", ""),
            ("?mode=elder&stage=primary&utm=1", "?stage=primary"),
            ("?page=2&stage=primary", "?stage=primary&page=2"),
        ],
    )
    def test_the_canonical_address_keeps_filters_and_page_number(
        self, client, district, monkeypatch, query, canonical_query
    ):
        from tests.helpers.content import SchoolIndexPage, SchoolPage

        monkeypatch.setattr(SchoolIndexPage, "page_size", 1)
        SchoolPage.objects.update(stage="primary")
        page = read_page(client, f"/schools/{query}")
        assert page.links["canonical"] == [f"http://localhost/schools/{canonical_query}"]
        assert page.meta["og:url"] == f"http://localhost/schools/{canonical_query}"


class TestArticles:
    @pytest.mark.parametrize("kind", ["news", "notice", "brand", "route", "project"])
    def test_an_article_names_its_title_source_and_keywords(
        self, client, district, informed_home, school, kind
    ):
        page = article_of(kind, district, school)
        meta = read_page(client, page.url).meta
        assert set(meta) >= ARTICLE_TAGS
        assert not COLUMN_TAGS & set(meta)
        assert meta["ArticleTitle"] == page.title
        assert meta["ContentSource"] == school.title
        assert school.title in meta["Keywords"].split(",")
        assert meta["Description"] == page.summary_text
        assert meta["Url"] == page.full_url
        assert meta["og:type"] == "article"

    def test_the_publication_date_is_in_local_time(self, client, district):
        item = district_news(district, event_date=timezone.localdate().replace(year=2020))
        out = timezone.localtime(item.first_published_at)
        assert read_page(client, item.url).meta["PubDate"] == out.strftime("%Y-%m-%d %H:%M")

    def test_a_reprint_names_its_source_and_its_author(self, client, district):
        item = district_news(district, source="齐鲁晚报", author_name="柳岸")
        meta = read_page(client, item.url).meta
        assert (meta["ContentSource"], meta["Author"]) == ("齐鲁晚报", "柳岸")

    def test_a_page_without_an_author_names_none(self, client, school):
        assert "Author" not in read_page(client, publish_brand(school).url).meta

    @pytest.mark.parametrize("kind", ["news", "brand"])
    def test_the_picture_of_the_page_is_named(self, client, district, school, kind):
        picture = make_image()
        if kind == "brand":
            page = publish_brand(school, cover=picture)
        else:
            page = district_news(district, lead_image=picture)
        meta = read_page(client, page.url).meta
        assert meta["Image"].startswith("http://localhost/media/images/")
        assert client.get(page.url).content.decode().count(meta["Image"][16:]) >= 1

    def test_a_page_without_a_picture_names_none(self, client, district):
        meta = read_page(client, district_news(district).url).meta
        assert "Image" not in meta

    def test_standing_pages_and_schools_are_no_articles(self, client, informed_home, school):
        for page in (publish_standard_page(informed_home), school):
            assert not (ARTICLE_TAGS | COLUMN_TAGS) & set(read_page(client, page.url).meta)


class TestWhatIsGone:
    def test_a_withdrawn_page_has_no_metadata(self, client, district):
        item = district_news(district, title="不该公开的标题")
        withdrawal.withdraw(item, district.final, "来源有误")
        assert_says_nothing(read_page(client, item.url, status=410), item)

    def test_an_ended_notice_has_no_metadata(self, client, district):
        item = district_news(district, title="公示的标题", ended=True)
        assert_says_nothing(read_page(client, item.url, status=410), item)


def assert_says_nothing(page: PageReader, item) -> None:
    """Only the site is named, and nothing leads to the page."""
    assert not (ARTICLE_TAGS | COLUMN_TAGS | {"Author", "description", "og:title"}) & set(page.meta)
    assert page.meta["robots"] == "noindex"
    assert page.meta["SiteName"]
    assert item.title not in page.meta.values()
    assert "canonical" not in page.links
    assert page.json_ld == {}


class TestPreviews:
    def test_a_draft_has_no_address_and_no_structured_data(self, client, district, school):
        client.force_login(district.editor1)
        draft = NewsPageFactory(parent=school, owner=district.editor1)
        draft.save_revision(user=district.editor1)
        address = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
        page = read_page(client, address)
        assert page.meta["ArticleTitle"] == draft.title
        assert not {"Url", "og:url", "PubDate"} & set(page.meta)
        assert "canonical" not in page.links
        assert page.json_ld == {}

    def test_the_draft_of_a_public_page_has_no_address_either(self, client, district, school):
        client.force_login(district.editor1)
        item = publish_news(school)
        page = read_page(client, reverse("wagtailadmin_pages:view_draft", args=[item.pk]))
        assert "canonical" not in page.links
        assert page.json_ld == {}

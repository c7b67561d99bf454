"""Structured data of pages in the vocabulary of schema.org."""

import pytest

from core.tests.page_reader import SITE_INFO, PageReader, read_page
from tests.helpers.content import district_news, publish_brand

pytestmark = pytest.mark.django_db

EVIL = '"><script>alert(1)</script></title>&<!--'


class TestLinkedData:
    def test_the_home_page_names_site_and_organiser(self, client, informed_home):
        json_ld = read_page(client, "/").json_ld
        assert set(json_ld) == {"WebSite", "Organization"}
        assert json_ld["Organization"]["name"] == SITE_INFO["committee"]
        assert json_ld["Organization"]["telephone"] == SITE_INFO["phone"]
        assert json_ld["WebSite"]["publisher"]["@id"] == json_ld["Organization"]["@id"]

    def test_other_pages_have_breadcrumbs(self, client, informed_home, school):
        way = read_page(client, school.url).json_ld["BreadcrumbList"]["itemListElement"]
        assert [step["item"] for step in way] == [
            "http://localhost/",
            "http://localhost/schools/",
            school.full_url,
        ]
        assert [step["position"] for step in way] == [1, 2, 3]

    def test_a_news_item_is_a_news_article(self, client, district, informed_home):
        item = district_news(district)
        article = read_page(client, item.url).json_ld["NewsArticle"]
        assert article["headline"] == item.title
        assert article["datePublished"] == item.first_published_at.isoformat()
        assert article["publisher"]["name"] == SITE_INFO["committee"]

    def test_a_brand_is_no_news_item(self, client, school):
        assert set(read_page(client, publish_brand(school).url).json_ld) == {"BreadcrumbList"}

    def test_typed_markup_cannot_end_the_script(self, client, district, school):
        item = district_news(district, title=EVIL, summary=EVIL, author_name=EVIL[:60], source=EVIL)
        html = client.get(item.url).content.decode()
        page = PageReader(html)
        assert page.meta["ArticleTitle"] == page.meta["og:title"] == EVIL
        assert page.meta["ContentSource"] == EVIL
        assert page.json_ld["NewsArticle"]["headline"] == EVIL
        assert "<script>alert" not in html
        assert html.count("<script") == html.count("</script>") == 2

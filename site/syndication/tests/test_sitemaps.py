"""`sitemap.xml` and `robots.txt`: what search engines may read, and what not."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from brands.models import BrandPage
from brands.tests.factories import publish_brand
from core.publishing.contexts import confirmed_change
from news.models import NewsIndexPage
from news.tests.factories import publish_news
from publication import withdrawal
from syndication.sitemaps import PageSitemap
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.content import bootstrap, publish_standard_page
from tests.helpers.publish_attempts import public_page, unpublish_unguarded, waiting_page

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
PART = "/sitemap-pages.xml"
pytestmark = pytest.mark.django_db


def rows(client, address=PART) -> dict:
    response = client.get(address)
    assert response.status_code == 200
    root = ET.fromstring(response.content)
    return {row.findtext(f"{MAP}loc"): row for row in root}


@pytest.mark.parametrize(
    "address",
    ["/sitemap-nonsense.xml", f"{PART}?p=2", f"{PART}?p=0", f"{PART}?p=x", f"{PART}?p=-1"],
)
def test_no_such_part(client, district, address):
    assert client.get(address).status_code == 404


def test_drafts_and_what_waits_are_not_named(client, district):
    before = set(rows(client))
    waiting_page(district)
    assert set(rows(client)) == before


def test_what_is_withdrawn_is_named_no_more(client, district):
    page = public_page(district)
    assert page.full_url in rows(client)
    withdrawal.withdraw(page, district.final, "来源有误")
    assert page.full_url not in rows(client)


def test_a_notice_is_named_until_its_last_day(client, district):
    index = district.child(NewsIndexPage)
    today = timezone.localdate()
    running, over = (
        publish_news(index, kind="public_notice", notice_until=day)
        for day in (today, today - timedelta(days=1))
    )
    named = rows(client)
    assert running.full_url in named
    assert over.full_url not in named


def test_what_lies_below_a_page_that_is_not_public_is_not_named(client, district):
    """However deep, and only that."""
    about = publish_standard_page(district.home)
    below = publish_standard_page(about, "无障碍")
    deepest = publish_standard_page(below, "键盘")
    other = publish_standard_page(district.home, "隐私")
    unpublish_unguarded(about)
    named = rows(client)
    assert client.get(deepest.url).status_code == 404
    assert not {about.full_url, below.full_url, deepest.full_url} & set(named)
    assert other.full_url in named


def test_a_thousand_withdrawn_branches_break_nothing(client, district):
    page = publish_brand(district.schools[0])
    bulk_create_pages(BrandPage, district.schools[1:], 1100, live=False, slogan="一", meaning="二")
    Page.objects.filter(live=False).update(numchild=1)
    assert page.full_url in rows(client)


def test_what_is_restricted_is_not_named(client, district):
    page = publish_brand(district.schools[0])
    with confirmed_change():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert page.full_url not in rows(client)


def test_another_district_is_not_named(client, district):
    other = bootstrap("other.example")
    own = rows(client)
    response = client.get(PART, headers={"host": "other.example"})
    others = {row.findtext(f"{MAP}loc") for row in ET.fromstring(response.content)}
    assert all(address.startswith("http://localhost/") for address in own)
    assert all(address.startswith("http://other.example/") for address in others)
    assert other.full_url in others


def test_no_site_no_map(client, db):
    with confirmed_change():
        Site.objects.all().delete()
    for address in ("/sitemap.xml", PART, "/sitemap/", "/feed/"):
        assert client.get(address).status_code == 404, address
    assert client.get("/robots.txt").status_code == 200


def test_every_address_that_is_named_answers(client, district):
    publish_brand(district.schools[0])
    publish_standard_page(district.home)
    named = rows(client)
    assert len(named) > 10
    for address in named:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address


def test_a_page_says_when_it_was_published_last_and_what_it_is_in_english(client, district):
    named = rows(client)
    home, english = district.home, district.home.get_translations().get()
    for page in (home, english):
        row = named[page.full_url]
        assert row.findtext(f"{MAP}lastmod") == str(timezone.localdate(page.last_published_at))
        others = {link.get("hreflang"): link.get("href") for link in row.findall(ALTERNATE)}
        assert others == {"zh-Hans": home.full_url, "en": english.full_url}
    alone = district.schools[0]
    assert named[alone.full_url].findall(ALTERNATE) == []


def test_a_translation_that_is_not_public_is_no_alternate(client, district):
    unpublish_unguarded(NewsIndexPage.objects.get(locale__language_code="en"))
    assert rows(client)[district.child(NewsIndexPage).full_url].findall(ALTERNATE) == []


def test_a_large_site_comes_in_parts(client, district, monkeypatch):
    """Every page once; no part longer than the limit; the index reads no pages."""
    whole = set(rows(client))
    monkeypatch.setattr(PageSitemap, "limit", 5)
    parts = [address.removeprefix("http://localhost") for address in rows(client, "/sitemap.xml")]
    assert len(parts) == -(-len(whole) // 5) > 1
    addresses = [list(rows(client, part)) for part in parts]
    assert [len(part) for part in addresses[:-1]] == [5] * (len(parts) - 1)
    named = [address for part in addresses for address in part]
    assert len(named) == len(set(named))
    assert set(named) == whole
    assert client.get(f"{PART}?p={len(parts) + 1}").status_code == 404


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def test_a_thousand_pages_take_no_more_queries_than_ten(client, district):
    addresses = ["/sitemap.xml", PART]
    for address in addresses:
        client.get(address)
    few = [queries_of(client, address) for address in addresses]
    bulk_create_pages(BrandPage, district.schools, 1000, slogan="一", meaning="二")
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 12
    assert len(rows(client)) > 1000


def test_no_more_than_a_search_engine_takes():
    assert PageSitemap.limit <= 10_000


def test_what_is_no_real_district_wants_no_search_engine(client, district):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == ["User-agent: *", "Disallow: /"]


def test_a_real_district_keeps_the_admin_out_and_names_its_map(client, district, settings):
    settings.PRODUCTION = True
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert [line for line in lines if line.startswith("Disallow")] == ["Disallow: /admin/"]
    assert "Sitemap: http://localhost/sitemap.xml" in lines
    assert client.get("/sitemap.xml").status_code == 200
    assert client.post("/robots.txt").status_code == 405

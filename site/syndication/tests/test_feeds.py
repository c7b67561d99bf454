"""Atom feeds: what is in them, where there is none, and what a feed reader relies on."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.models import BrandPage
from brands.tests.factories import publish_brand
from core.publishing.contexts import publishing
from news.models import NewsIndexPage, NewsPage
from news.tests.factories import publish_news
from publication import withdrawal
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.publish_attempts import public_page, unpublish_unguarded, waiting_page

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/feed/", *(f"/feed/{kind}/" for kind in settings.FEEDS)]
pytestmark = pytest.mark.django_db


def feed(client, address="/feed/", **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return ET.fromstring(response.content)


def entries(client, address="/feed/"):
    return feed(client, address).findall(f"{ATOM}entry")


def titles(client, address="/feed/"):
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, address)]


@pytest.mark.parametrize(
    "address",
    ["/feed/nonsense/", "/feed/school/", "/feed/school/nowhere/", "/feed/school/news/",
     "/en/feed/nonsense/", "/en/feed/school/dong-men-da-jie-xiao-xue/"],
)  # fmt: skip
def test_no_such_feed(client, district, address):
    assert client.get(address).status_code == 404


def test_a_school_that_is_not_public_has_no_feed(client, district):
    school = district.schools[0]
    address = f"/feed/school/{school.slug}/"
    assert client.get(address).status_code == 200
    unpublish_unguarded(school)
    assert client.get(address).status_code == 404


def test_nothing_is_sent_to_a_feed(client, district):
    assert client.post("/feed/").status_code == 405


@pytest.mark.parametrize("address", ["/feed/", "/feed/brands/"])
def test_drafts_and_what_waits_are_in_no_feed(client, district, address):
    waiting_page(district)
    assert titles(client, address) == []


def test_what_is_withdrawn_leaves_all_feeds_and_no_reader_is_told_nothing_changed(client, district):
    page = public_page(district)
    school = f"/feed/school/{district.schools[0].slug}/"
    addresses = ["/feed/", "/feed/brands/", school]
    known = {}
    for address in addresses:
        assert titles(client, address) == [page.title]
        response = client.get(address)
        known[address] = response["ETag"]
        assert "Last-Modified" not in response
    withdrawal.withdraw(page, district.final, "来源有误")
    for address in addresses:
        again = client.get(address, headers={"if-none-match": known[address]})
        assert again.status_code == 200
        assert page.title not in again.content.decode()
        later = {"if-modified-since": "Fri, 01 Jan 2038 00:00:00 GMT"}
        assert client.get(address, headers=later).status_code == 200


def test_a_notice_leaves_the_feed_with_its_last_day(client, district):
    index = district.child(NewsIndexPage)
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)
    publish_news(index, title="今日止", kind="public_notice", notice_until=today)
    publish_news(index, title="昨日止", kind="public_notice", notice_until=yesterday)
    for address in ("/feed/", "/feed/news/", "/feed/notices/"):
        assert titles(client, address) == ["今日止"]


def test_what_lies_below_a_page_that_is_not_public_is_in_no_feed(client, district):
    school = district.schools[0]
    page = publish_brand(school)
    unpublish_unguarded(school)
    assert client.get(page.url).status_code == 404
    assert titles(client) == titles(client, "/feed/brands/") == []


def test_what_was_pasted_breaks_no_feed(client, district):
    """Word leaves control characters; XML knows no way to write them."""
    publish_news(
        district.child(NewsIndexPage),
        title="甲\x0b乙 <b>&amp; </title>",
        summary="丙\x1f丁 ]]> <script>alert(1)</script> \ufffe",
    )
    entry = entries(client, "/feed/news/")[0]
    assert entry.findtext(f"{ATOM}title") == "甲乙 <b>&amp; </title>"
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "<script" not in summary.text
    assert "&lt;script&gt;" in summary.text


def test_one_kind_one_school_one_language(client, district):
    first, second = district.schools
    publish_news(first, title="要闻")
    publish_news(second, title="公告", kind="announcement")
    publish_brand(first, title="品牌")
    assert titles(client) == ["品牌", "公告", "要闻"]
    assert titles(client, "/feed/news/") == ["公告", "要闻"]
    assert titles(client, "/feed/notices/") == ["公告"]
    assert titles(client, "/feed/brands/") == ["品牌"]
    assert titles(client, "/feed/routes/") == titles(client, "/feed/projects/") == []
    assert titles(client, f"/feed/school/{second.slug}/") == ["公告"]
    assert titles(client, "/en/feed/") == []


def test_an_english_item_is_in_the_english_feed_as_an_entry_of_its_own(client, district):
    index = district.child(NewsIndexPage)
    chinese = publish_news(index, title="要闻")
    english_index = NewsIndexPage.objects.get(locale__language_code="en")
    english = publish_news(
        english_index, title="News", translation_key=chinese.translation_key,
        locale=english_index.locale,
    )  # fmt: skip
    assert titles(client, "/en/feed/") == ["News"]
    assert titles(client) == ["要闻"]
    names = [entries(client, a)[0].findtext(f"{ATOM}id") for a in ("/feed/", "/en/feed/")]
    assert len(set(names)) == 2
    assert entries(client, "/en/feed/")[0].find(f"{ATOM}link").get("href") == english.full_url


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_valid_and_says_the_same_tomorrow(client, district, time_machine, address):
    before = client.get(address)
    root = ET.fromstring(before.content)
    for part in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{part}") is not None, part
    time_machine.move_to(timezone.now() + timedelta(days=1))
    known = {"if-none-match": before["ETag"]}
    assert client.get(address, headers=known).status_code == 304


def test_an_entry_says_what_readers_of_feeds_need(client, district):
    page = publish_brand(district.schools[0], slogan="师生共成长")
    root = feed(client, "/feed/brands/")
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == (
        district.home.full_url + "feed/brands/"
    )
    [entry] = root.findall(f"{ATOM}entry")
    texts = {part: entry.findtext(f"{ATOM}{part}") for part in ("title", "summary", "id")}
    assert texts["title"] == page.title
    assert texts["summary"] == "师生共成长"
    assert texts["id"].startswith("urn:uuid:")
    assert entry.find(f"{ATOM}link").get("href") == page.full_url
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == district.schools[0].title
    for part, moment in (
        ("published", page.first_published_at),
        ("updated", page.last_published_at),
    ):
        local = timezone.localtime(moment).replace(microsecond=0)
        time = datetime.fromisoformat(entry.findtext(f"{ATOM}{part}"))
        assert time.replace(microsecond=0) == local


def test_the_name_of_an_entry_stays_when_its_address_changes(client, district):
    page = publish_brand(district.schools[0])
    before = entries(client)[0].findtext(f"{ATOM}id")
    with publishing(page):
        page.slug = "another"
        page.save()
    after = entries(client)[0]
    assert after.find(f"{ATOM}link").get("href").endswith("/another/")
    assert after.findtext(f"{ATOM}id") == before


def test_who_has_the_newest_gets_nothing_again(client, district):
    page = publish_brand(district.schools[0])
    first = client.get("/feed/")
    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    known = {"if-none-match": first["ETag"]}
    assert client.get("/feed/", headers=known).status_code == 304
    with publishing(page):
        page.title = "新名"
        page.save()
    assert client.get("/feed/", headers=known).status_code == 200


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def test_thirty_entries_take_no_more_queries_than_three(client, district):
    """And of forty, the thirty newest are there."""
    school = district.schools[0]
    fields = {"slogan": "一", "seal_characters": "一二", "meaning": "<p>三</p>", "school": school}
    addresses = ["/feed/", "/feed/brands/", f"/feed/school/{school.slug}/"]
    bulk_create_pages(BrandPage, [school], 3, kind="branch", **fields)
    for address in addresses:
        client.get(address)
    few = [queries_of(client, address) for address in addresses]
    bulk_create_pages(BrandPage, [school], 37, kind="branch", **fields)
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 24
    for address in addresses:
        newest = entries(client, address)
        assert len(newest) == 30
        times = [entry.findtext(f"{ATOM}published") for entry in newest]
        assert times == sorted(times, reverse=True)


def test_pages_name_their_feeds(client, district):
    school = district.schools[0]
    for address, named in (
        ("/", ["/feed/"]),
        ("/news/", ["/feed/", "/feed/news/"]),
        ("/brands/", ["/feed/", "/feed/brands/"]),
        ("/schools/", ["/feed/"]),
        (school.url, ["/feed/", f"/feed/school/{school.slug}/"]),
        ("/en/news/", ["/en/feed/", "/en/feed/news/"]),
    ):
        html = client.get(address).content.decode()
        links = [part.split('"')[0] for part in html.split('href="') if "/feed/" in part[:60]]
        assert links == named, address
        for link in links:
            assert client.get(link).status_code == 200


def test_every_feed_is_of_a_type_that_says_who_publishes():
    models = [apps.get_model(name) for _title, name, _conditions in settings.FEEDS.values()]
    assert NewsPage in models
    assert all(hasattr(model, "publisher") for model in models)

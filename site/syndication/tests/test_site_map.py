"""The site map for people: everything that is public, nothing else, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brands.models import BrandPage
from brands.tests.factories import publish_brand
from core.publishing.contexts import publishing
from publication import withdrawal
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.content import publish_standard_page
from tests.helpers.district import fresh
from tests.helpers.publish_attempts import public_page, waiting_page

pytestmark = pytest.mark.django_db


def get_html(client, address="/sitemap/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_but_reading(client, district):
    assert client.post("/sitemap/").status_code == 405


def test_what_waits_is_not_on_it_and_what_is_withdrawn_neither(client, district):
    waiting = waiting_page(district, title="等着")
    assert waiting.title not in get_html(client)
    page = public_page(district, title="公开的", kind="branch")
    withdrawal.withdraw(page, district.final, "来源有误")
    assert page.title not in get_html(client)


def test_a_school_that_is_not_public_is_not_on_it_nor_its_brand(client, district):
    brand = publish_brand(district.schools[0], title="党旗映彩虹")
    school = fresh(district.schools[0])
    assert brand.title in get_html(client)
    with publishing(school):
        school.live = False
        school.save()
    html = get_html(client)
    assert school.title not in html
    assert brand.title not in html


def test_every_school_stands_in_its_township_with_its_brand(client, district):
    first, second = sorted(district.schools, key=lambda school: school.township)
    brand = publish_brand(first, title="党旗映彩虹")
    publish_brand(second, kind="branch", title="支部的")
    nowhere = bulk_create_pages(
        SchoolPage, [district.child(SchoolIndexPage)], 1, title="无街道学校", stage="primary"
    )[0]
    about = publish_standard_page(district.home)
    below = publish_standard_page(about, "无障碍")
    html = get_html(client)
    order = [first.township, first.title, brand.title, second.township, second.title, nowhere.title]
    positions = [html.rindex(f">{title}<") for title in order]
    assert positions == sorted(positions)
    assert "支部的" not in html
    for page in (about, below, first, brand, district.child(SchoolIndexPage)):
        assert f'href="{page.url}"' in html
    for anchor in ("township-1", "township-2", "township-3"):
        assert html.count(f'href="#{anchor}"') == html.count(f'id="{anchor}"') == 1


def test_in_english_it_lists_what_there_is_in_english(client, district):
    html = get_html(client, "/en/sitemap/")
    assert 'href="/en/schools/"' in html
    assert district.schools[0].title not in html


def test_six_hundred_schools_take_no_more_queries_than_two(client, district):
    get_html(client)
    with CaptureQueriesContext(connection) as few:
        get_html(client)
    index = district.child(SchoolIndexPage)
    schools = bulk_create_pages(
        SchoolPage, [index], 598, stage="primary",
        township=lambda number, _parent: f"街道{number % 30:02}",
    )  # fmt: skip
    bulk_create_pages(
        BrandPage, schools, 598, slogan="一", meaning="二", school=lambda _number, parent: parent
    )
    with CaptureQueriesContext(connection) as many:
        html = get_html(client)
    assert len(many) == len(few) <= 14
    assert html.count("<li") > 600

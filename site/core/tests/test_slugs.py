"""Slugs: made from titles, never one of the addresses at which the site itself answers."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.helpers.content import StandardPage, publish_news
from tests.helpers.district import fresh


@pytest.mark.parametrize("title", ["Report", "Feed", "Sitemap", "en"])
def test_a_title_never_gives_a_reserved_slug(client, district, title):
    client.force_login(district.web_editor)
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", district.home.pk])
    client.post(address, {"title": title, "body-count": 0})
    assert StandardPage.objects.get(title=title).slug == f"{title.lower()}-page"


@pytest.mark.parametrize("slug", ["report", "feed", "sitemap", "leave", "en", "admin", "share"])
def test_code_cannot_set_a_reserved_slug(district, slug):
    page = StandardPage(title="找错", slug=slug, live=False, locale=district.home.locale)
    with pytest.raises(ValidationError) as refused:
        district.home.add_child(instance=page)
    assert "slug" in refused.value.message_dict


def test_below_other_pages_reserved_slugs_are_free(school):
    page = fresh(school)
    page.slug = "report"
    page.clean()


def test_pages_with_one_title_get_different_short_slugs(school):
    title = "运河边的思政课" * 12
    slugs = [publish_news(school, title=title, slug="").slug for _number in range(3)]
    assert len(set(slugs)) == 3
    assert all(slug.isascii() and 0 < len(slug) <= 60 for slug in slugs)
    assert slugs[1].endswith("-2")
    assert publish_news(school, title="！！！", slug="").slug == "page"


def test_the_address_is_shown_while_the_title_is_typed(client, district, school):
    client.force_login(district.editor1)
    url = reverse("core_page_address", args=[school.pk])
    form = client.get(reverse("wagtailadmin_pages:add", args=["news", "newspage", school.pk]))
    assert f'data-page-address="{url}"' in form.content.decode()
    address = client.get(url, {"title": "重庆来的老师"}).json()["address"]
    assert address == f"{school.url}chong-qing-lai-de-lao-shi/"
    publish_news(school, title="重庆来的老师", slug="")
    assert client.get(url, {"title": "重庆来的老师"}).json()["address"].endswith("lao-shi-2/")


def test_the_address_below_another_school_is_refused(client, district):
    client.force_login(district.editor1)
    url = reverse("core_page_address", args=[district.schools[1].pk])
    assert client.get(url, {"title": "党旗"}).status_code == 403

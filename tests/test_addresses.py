"""No page stands where the site itself answers."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from home.models import StandardPage
from tests.district import fresh


@pytest.mark.parametrize("title", ["Report", "Feed", "Sitemap", "en"])
def test_a_title_never_leads_to_an_address_of_the_site(client, district, title):
    client.force_login(district.web_editor)
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", district.home.pk])
    client.post(address, {"title": title, "body-count": 0})
    assert StandardPage.objects.get(title=title).slug == f"{title.lower()}-page"


@pytest.mark.parametrize("slug", ["report", "feed", "sitemap", "leave", "en", "admin", "share"])
def test_code_cannot_take_one_either(district, slug):
    page = StandardPage(title="找错", slug=slug, live=False, locale=district.home.locale)
    with pytest.raises(ValidationError) as refused:
        district.home.add_child(instance=page)
    assert "slug" in refused.value.message_dict


def test_deeper_the_words_are_free(school):
    page = fresh(school)
    page.slug = "report"
    page.clean()

"""Wagtail's list of pages, where our page types have to give it what it asks for."""

import pytest
from django.urls import reverse

from schools.models import SchoolPage


@pytest.mark.parametrize("query", ["has_child_pages=true", "has_child_pages=false"])
def test_the_filter_by_children_can_be_searched_in(client, district, query):
    client.force_login(district.admin)
    index = SchoolPage.objects.first().get_parent()
    for page in (index, district.home):
        address = reverse("wagtailadmin_explore", args=[page.pk])
        assert client.get(f"{address}?{query}&q=小学").status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root") + f"?{query}&q=小学").status_code == 200

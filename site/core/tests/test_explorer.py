"""Wagtail's page explorer with our page types."""

import pytest
from django.urls import reverse

from tests.helpers.content import SchoolPage


@pytest.mark.parametrize("query", ["has_child_pages=true", "has_child_pages=false"])
def test_the_explorer_can_be_searched_and_filtered_by_children(client, district, query):
    client.force_login(district.admin)
    index = SchoolPage.objects.first().get_parent()
    for page in (index, district.home):
        address = reverse("wagtailadmin_explore", args=[page.pk])
        assert client.get(f"{address}?{query}&q=小学").status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root") + f"?{query}&q=小学").status_code == 200

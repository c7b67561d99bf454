"""Wagtail's page explorer with our page types."""

import pytest
from django.urls import reverse

from tests.helpers.content import SchoolPage
from tests.helpers.district import brand_draft


@pytest.mark.parametrize("query", ["has_child_pages=true", "has_child_pages=false"])
def test_the_explorer_can_be_searched_and_filtered_by_children(client, district, query):
    client.force_login(district.admin)
    index = SchoolPage.objects.first().get_parent()
    for page in (index, district.home):
        address = reverse("wagtailadmin_explore", args=[page.pk])
        assert client.get(f"{address}?{query}&q=小学").status_code == 200
    assert client.get(reverse("wagtailadmin_explore_root") + f"?{query}&q=小学").status_code == 200


def test_the_explorers_filters_name_nobody_of_another_school(client, district):
    """Its own people are offered: who made or changed a page of this school."""
    own, foreign = brand_draft(district.schools[0], district.editor1), district.schools[1]
    brand_draft(foreign, district.editor2)
    client.force_login(district.editor1)
    for address in (
        reverse("wagtailadmin_explore", args=[own.get_parent().pk]),
        reverse("wagtailadmin_pages:type_use", args=["brands", "brandpage"]),
    ):
        html = client.get(address).content.decode()
        assert district.editor1.username in html
        assert district.editor2.username not in html
    client.force_login(district.admin)
    html = client.get(reverse("wagtailadmin_explore", args=[foreign.pk])).content.decode()
    assert district.editor1.username in html


@pytest.mark.parametrize("name", ["site_history", "workflow", "workflow_tasks"])
def test_reports_on_all_schools_are_for_administrators(client, district, name):
    address = reverse(f"wagtailadmin_reports:{name}")
    for person in ("editor1", "reviewer1", "section", "web_editor"):
        client.force_login(getattr(district, person))
        assert client.get(address).status_code == 302
        assert address not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(district.admin)
    assert client.get(address).status_code == 200

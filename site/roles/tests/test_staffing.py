"""Deputies and staffing: who may name people, and where somebody is missing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from roles import staffing
from roles.models import Role
from roles.tests.helpers import TODAY, name_deputy
from schools.models import SchoolIndexPage
from tests.helpers.content import open_school
from tests.helpers.district import create_user

OTHERS = ["editor1", "reviewer1", "section", "final", "web_editor"]


def short(level=None, in_school=None):
    return {
        (post.title, post.level)
        for post in staffing.shortages()
        if level in (None, post.level) and in_school in (None, post.in_school)
    }


# --- staffing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "section", "web_editor"])
def test_staffing_is_for_administrators_and_final_approvers(client, district, name):
    client.force_login(getattr(district, name))
    assert client.get(reverse("roles_staffing")).status_code == 302


def test_one_person_is_too_few_and_two_are_enough(district):
    school = district.schools[0].title
    assert (school, "school") in short() and (district.home.title, "final") in short()
    assert (district.home.title, "section") not in short()
    create_user("reviewer1b", Role.SCHOOL_REVIEWER, district.schools[0])
    assert (school, "school") not in short()


def test_an_inactive_account_does_not_count(district):
    district.section2.is_active = False
    district.section2.save()
    assert (district.home.title, "section") in short()


def test_a_deputy_counts_today_and_not_for_other_days(district):
    school = district.schools[0].title
    later = TODAY() + timedelta(days=1)
    deputy = name_deputy(district, starts_on=later)
    assert (school, "school") in short()
    deputy.starts_on = TODAY()
    deputy.save()
    assert (school, "school") not in short()
    deputy.user = district.reviewer1
    deputy.save()
    assert (school, "school") in short(), "the same person is no second one"


def test_a_deputy_for_the_district_counts_at_each_school(district):
    name_deputy(district, scope_key=district.home.translation_key)
    assert short(in_school=True) == set()


def test_the_list_names_and_narrows(client, district):
    client.force_login(district.final)
    address = reverse("roles_staffing")
    text = client.get(address).content.decode()
    assert "reviewer1" in text and district.schools[1].title in text
    assert reverse("appointments_deputy_add") not in text, "a final approver only reads"
    only = client.get(address, {"level": "final"})
    assert {post.level for post in only.context["object_list"]} == {"final"}
    other = client.get(address, {"q": "十三"})
    assert {post.title for post in other.context["object_list"]} == {district.schools[1].title}
    bad = client.get(address, {"level": "<b>", "q": "十三"})
    assert {post.title for post in bad.context["object_list"]} == {district.schools[1].title}
    assert "&lt;b&gt;" in bad.content.decode(), "the bad value is named"
    assert client.get(address, {"p": "99"}).status_code == 404


def test_a_long_list_has_pages_and_takes_as_many_queries_as_a_short_one(client, district):
    client.force_login(district.admin)
    address = reverse("roles_staffing")

    def queries(where):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(where).status_code == 200
        return len(caught)

    home = reverse("wagtailadmin_home")
    queries(address), queries(home)  # What the first request of a process remembers.
    few = queries(address), queries(home)
    index = SchoolIndexPage.objects.child_of(district.home).get()
    for number in range(30):
        open_school(f"第{number}小学", index, stage="primary", township="古槐街道")
    assert (queries(address), queries(home)) == few
    staffing_page = client.get(address)
    assert len(staffing_page.context["object_list"]) == 34


def test_the_administrators_first_screen_counts_the_shortages(client, district):
    client.force_login(district.admin)
    address = reverse("roles_staffing")
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    for number, role in enumerate([Role.POOL_REVIEWER, Role.POOL_REVIEWER, Role.FINAL_APPROVER]):
        create_user(f"more-{number}", role, district.home)
    panels = client.get(reverse("wagtailadmin_home")).context["panels"]
    panel = next(panel for panel in panels if getattr(panel, "name", "") == "staffing")
    assert panel.get_context_data({})["number"] == 0

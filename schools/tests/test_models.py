"""Rules of school pages, the tree behind `school`, and what a school's page shows."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from schools.models import SchoolIndexPage, SchoolPage, school_of
from tests.helpers.content import open_school, publish_brand
from tests.helpers.district import brand_draft


def test_a_number_of_members_needs_its_day(school):
    school.member_count = 12
    with pytest.raises(ValidationError) as refused:
        school.clean()
    assert "member_count_as_of" in refused.value.message_dict
    school.member_count_as_of = datetime.date(2026, 6, 30)
    school.clean()


def test_the_school_of_a_page_is_read_from_the_tree(school):
    brand = publish_brand(school)
    assert brand.school == school
    assert school_of(school) == school
    assert school_of(school.get_parent()) is None


def test_it_follows_a_move(district):
    one, two = district.schools
    page = brand_draft(one, district.editor1)
    page.move(SchoolPage.objects.get(pk=two.pk), pos="last-child")
    page.refresh_from_db()
    assert page.school == two


def test_facets_leave_out_what_is_empty(school):
    assert [facet.name for facet in school.facets()] == ["stage", "township"]
    school.township = ""
    assert [facet.name for facet in school.facets()] == ["stage"]


def test_a_page_shows_only_its_own_content(client, district):
    one, two = district.schools
    publish_brand(one, title="甲的品牌", slogan="甲的品牌")
    publish_brand(two, title="乙的品牌", slogan="乙的品牌")
    html = client.get(one.url).content.decode()
    assert "甲的品牌" in html
    assert "乙的品牌" not in html


def test_facts_that_are_missing_are_left_out(client, school):
    html = client.get(school.url).content.decode()
    assert "古槐街道" in html
    assert "tel:" not in html
    assert "None" not in html


def test_the_list_is_narrowed_by_stage(client, district):
    url = district.child(SchoolIndexPage).url
    context = client.get(url, {"stage": "junior"}).context_data
    assert [page.title for page in context["page_obj"]] == ["第十三中学"]


def test_a_wrong_stage_is_named_and_narrows_nothing(client, district):
    response = client.get(district.child(SchoolIndexPage).url, {"stage": "nonsense"})
    assert response.context_data["total"] == 2
    assert 'aria-invalid="true"' in response.content.decode()


@pytest.mark.parametrize("number", ["0", "9", "x"])
def test_a_page_that_is_not_there_is_404(client, district, number):
    assert client.get(district.child(SchoolIndexPage).url, {"page": number}).status_code == 404


def test_the_list_needs_as_many_queries_for_twelve_as_for_two(
    client, district, django_assert_max_num_queries
):
    index = district.child(SchoolIndexPage)
    client.get(index.url)
    with django_assert_max_num_queries(100) as few:
        client.get(index.url)
    for number in range(10):
        open_school(f"第{number}小学", index, stage="primary")
    with django_assert_max_num_queries(len(few)):
        assert client.get(index.url).context_data["total"] == 12

"""The wall of seals: narrowed by what a reader knows, with the number each choice leads to."""

import pytest

from brands.models import BrandRecognition
from brands.tests.factories import publish_brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall(district, client):
    """Two brands: a primary school's of city level 2019, district level 2024, another without."""
    first, second = district.schools
    type(first).objects.filter(pk=first.pk).update(stage="primary", township="南张街道")
    type(second).objects.filter(pk=second.pk).update(stage="junior", township="李营街道")
    honoured = publish_brand(first, title="旗映彩虹")
    publish_brand(second, title="心匠")
    for level, year in [("city", 2019), ("district", 2024)]:
        BrandRecognition.objects.create(
            page=honoured, level=level, year=year, title="示范品牌", source="公示", sort_order=year
        )

    def look(**query):
        context = client.get("/brands/", query).context_data
        return [page.title for page in context["page_obj"]], context["form"]

    return look


def options(form, name: str) -> list[str]:
    return [str(label) for _value, label in form.fields[name].choices]


def test_a_value_that_is_no_option_narrows_nothing_and_is_named(wall):
    titles, form = wall(level="imperial", township="月球")
    assert len(titles) == 2
    assert set(form.errors) == {"level", "township"}


def test_level_and_year_are_those_of_one_recognition(wall):
    assert wall(level="city", year="2019")[0] == ["旗映彩虹"]
    assert wall(level="city", year="2024")[0] == []


def test_a_brand_with_two_recognitions_is_there_once(wall):
    assert sorted(wall()[0]) == ["心匠", "旗映彩虹"]


def test_each_option_says_where_it_leads_with_the_other_choices(wall):
    _titles, form = wall(stage="primary")
    assert options(form, "township")[1:] == ["南张街道（1）"]
    assert options(form, "year")[1:] == ["2024（1）", "2019（1）"]
    _titles, form = wall(stage="junior")
    assert options(form, "level")[1:] == options(form, "year")[1:] == []


def test_what_was_chosen_stays_to_be_taken_back(wall):
    titles, form = wall(stage="junior", level="city")
    assert titles == []
    assert len(options(form, "level")) == 2 and "0" in options(form, "level")[1]

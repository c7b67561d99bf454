"""The index of brands: its filters, with the number of brands for each choice."""

import pytest

from brands.models import BrandRecognition
from brands.tests.factories import publish_brand

pytestmark = pytest.mark.django_db


@pytest.fixture
def get_listing(district, client):
    """Return a function that filters two brands: titles and form.

    One is a primary school's, recognised at city level in 2019 and at district level in 2024.
    """
    first, second = district.schools
    type(first).objects.filter(pk=first.pk).update(stage="primary", township="南张街道")
    type(second).objects.filter(pk=second.pk).update(stage="junior", township="李营街道")
    recognised = publish_brand(first, title="旗映彩虹")
    publish_brand(second, title="心匠")
    for level, year in [("city", 2019), ("district", 2024)]:
        BrandRecognition.objects.create(
            page=recognised,
            level=level,
            year=year,
            title="示范品牌",
            source="公示",
            sort_order=year,
        )

    def get(**query):
        context = client.get("/brands/", query).context_data
        return [page.title for page in context["page_obj"]], context["form"]

    return get


def options(form, name: str) -> list[str]:
    return [str(label) for _value, label in form.fields[name].choices]


def test_an_invalid_value_filters_nothing_and_is_reported(get_listing):
    titles, form = get_listing(level="imperial", township="月球")
    assert len(titles) == 2
    assert set(form.errors) == {"level", "township"}


def test_level_and_year_are_those_of_one_recognition(get_listing):
    assert get_listing(level="city", year="2019")[0] == ["旗映彩虹"]
    assert get_listing(level="city", year="2024")[0] == []


def test_a_brand_with_two_recognitions_is_listed_once(get_listing):
    assert sorted(get_listing()[0]) == ["心匠", "旗映彩虹"]


def test_each_option_shows_its_count_with_the_other_choices_applied(get_listing):
    _titles, form = get_listing(stage="primary")
    assert options(form, "township")[1:] == ["南张街道（1）"]
    assert options(form, "year")[1:] == ["2024（1）", "2019（1）"]
    _titles, form = get_listing(stage="junior")
    assert options(form, "level")[1:] == options(form, "year")[1:] == []


def test_a_chosen_option_without_results_is_still_offered(get_listing):
    titles, form = get_listing(stage="junior", level="city")
    assert titles == []
    assert len(options(form, "level")) == 2 and "0" in options(form, "level")[1]

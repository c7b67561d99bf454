"""Validation of a brand page, and what its page and the index show."""

import pytest
from django.core.exceptions import ValidationError

from brands.models import BrandIndexPage, BrandPage, BrandRecognition, BrandRelatedPage
from brands.tests.factories import build_brand, mechanism, publish_brand
from tests.helpers.district import brand_draft

pytestmark = pytest.mark.django_db


def errors_of(page) -> dict:
    """Return field → messages of the page's own validation."""
    try:
        page.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize("length", range(1, 7))
def test_one_to_six_han_characters_make_a_seal(length):
    brand = build_brand(seal_characters="党旗映照彩虹"[:length])
    assert not errors_of(brand)
    BrandPage._meta.get_field("seal_characters").clean(brand.seal_characters, brand)


def test_seven_are_too_many():
    with pytest.raises(ValidationError):
        BrandPage._meta.get_field("seal_characters").clean("党旗映照彩虹桥", build_brand())


@pytest.mark.parametrize("characters", ["AB", "匠a", "匠 心", "一二三四五a"])
def test_other_characters_make_no_seal(characters):
    assert "seal_characters" in errors_of(build_brand(seal_characters=characters))


@pytest.mark.parametrize("code, counts", [("137", (1, 3, 7)), ("1255", (1, 2, 5, 5)), ("", ())])
def test_the_digits_of_the_code_are_the_numbers_of_parts(code, counts):
    assert not errors_of(build_brand(mechanism_code=code, mechanism=mechanism(*counts)))


@pytest.mark.parametrize(
    "code, counts", [("137", (1, 3)), ("137", (1, 3, 6)), ("", (1, 3)), ("1三7", (1, 3, 7))]
)
def test_a_code_that_does_not_fit_is_refused(code, counts):
    assert "mechanism_code" in errors_of(
        build_brand(mechanism_code=code, mechanism=mechanism(*counts))
    )


def test_the_message_says_both_numbers():
    page = build_brand(mechanism_code="137", mechanism=mechanism(1, 3, 6))
    message = errors_of(page)["mechanism_code"][0]
    assert "137" in message
    assert "1 + 3 + 6" in message


def test_a_school_has_one_school_brand(school, district):
    publish_brand(school)
    second = brand_draft(school, district.editor1, kind="branch", title="第二个")
    second.kind = BrandPage.Kind.SCHOOL
    assert errors_of(second)["kind"] == [str(BrandPage.second_brand_message)]


def test_branch_brands_may_be_many(school):
    publish_brand(school)
    for number in range(2):
        assert not errors_of(publish_brand(school, kind="branch", title=f"支部{number}"))


def test_another_school_has_its_own(district):
    one, two = (publish_brand(school) for school in district.schools)
    assert not errors_of(one)
    assert not errors_of(two)


def test_the_highest_recognition_is_by_level_then_year():
    page = build_brand()
    page.recognitions = [
        BrandRecognition(level=level, title=f"{level} {year}", year=year, source="文件")
        for level, year in [("school", 2026), ("city", 2019), ("city", 2021), ("district", 2025)]
    ]
    assert page.top_recognition.title == "city 2021"


def test_without_recognitions_there_is_none():
    assert build_brand().top_recognition is None


def test_the_page_shows_seal_mechanism_and_mark(client, school):
    brand = publish_brand(school, mechanism_code="13", mechanism=mechanism(1, 3))
    html = client.get(brand.url).content.decode()
    assert "<h1><span>党旗映彩虹</span> <span>师生共成长</span> </h1>" in " ".join(html.split())
    assert "of-3" in html
    assert 'class="mark"' in html


def test_related_pages_are_shown_while_they_are_live(client, district):
    one, two = (publish_brand(school) for school in district.schools)
    hidden = brand_draft(district.schools[1], district.editor2, kind="branch", title="未发布")
    for target in (two, hidden):
        BrandRelatedPage.objects.create(page=one, target=target)
    context = client.get(one.url).context_data
    assert [page.pk for page in context["related"]] == [two.pk]


def rows(school, numbers) -> None:
    for number in numbers:
        brand = publish_brand(school, kind="branch", title=f"支部品牌{number}")
        BrandRecognition.objects.create(
            page=brand, level="city", title="示范", year=2020, source="文件"
        )


def test_the_index_needs_as_many_queries_for_twelve_as_for_two(
    client, district, django_assert_max_num_queries
):
    url = district.child(BrandIndexPage).url
    rows(district.schools[0], range(2))
    client.get(url)
    with django_assert_max_num_queries(100) as few:
        client.get(url)
    rows(district.schools[1], range(2, 12))
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).context_data["total"] == 12

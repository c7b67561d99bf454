"""Pictures: known sizes, honest measures, no query per row."""

import pytest
from django.core.cache import cache
from django.template import Context, Template

from core import pictures
from core.tests.factories import make_image
from tests.content import BrandPage, found_brand


@pytest.fixture(autouse=True)
def no_remembered_renditions():
    """Wagtail remembers renditions in the cache, by keys that the next test uses again."""
    cache.clear()


def render(image, arguments: str) -> str:
    template = Template("{% load yipin %}{% picture image " + arguments + " %}")
    return template.render(Context({"image": image})).strip()


def test_an_img_has_source_set_and_measures(db):
    html = render(make_image(), '"card"')
    assert 'width="400"' in html
    assert 'height="250"' in html
    assert " 400w, " in html
    assert " 800w" in html
    assert 'sizes="' in html
    assert html.count(".webp") == 3


def test_a_small_picture_is_not_blown_up_and_named_once(db):
    source = pictures.source_of(make_image(300, 200), "card")
    assert source.width <= 300
    assert source.srcset == ""


def test_alt_text_comes_from_the_picture(db):
    assert 'alt="一张红纸"' in render(make_image(), '"card"')


def test_a_decorative_picture_says_nothing(db):
    assert 'alt=""' in render(make_image(description="", is_decorative=True), '"card"')


@pytest.mark.parametrize("alt", ["", "校门"])
def test_the_place_may_say_it_better(db, alt):
    assert f'alt="{alt}"' in render(make_image(), f'"card" alt="{alt}"')


def test_lazy_unless_above_the_fold(db):
    image = make_image()
    assert 'loading="lazy"' in render(image, '"card"')
    assert "loading" not in render(image, '"card" lazy=False')


def test_no_image_no_img(db):
    assert render(None, '"card"') == ""


def test_pictures_of_a_list_are_read_in_one_query(school, django_assert_num_queries):
    for number in range(3):
        image = make_image()
        found_brand(school, title=f"品牌{number}", kind="branch", cover=image)
        pictures.source_of(image, "card")
    rows = pictures.with_pictures(BrandPage.objects.all(), "cover", "card")
    with django_assert_num_queries(2):
        assert len([pictures.source_of(brand.cover, "card") for brand in rows]) == 3


def test_a_size_that_was_not_read_ahead_is_looked_up_not_made_again(
    school, django_assert_num_queries
):
    found_brand(school, cover=make_image())
    rows = pictures.with_pictures(BrandPage.objects.all(), "cover", "card")
    pictures.source_of(rows[0].cover, "card")
    pictures.source_of(rows[0].cover, "lead")
    cover = rows.get().cover
    with django_assert_num_queries(0):
        pictures.source_of(cover, "card")
        pictures.source_of(cover, "lead")


def test_rows_without_a_picture_stay_in_the_list(school):
    found_brand(school)
    assert len(pictures.with_pictures(BrandPage.objects.all(), "cover", "card")) == 1

"""The seal of a brand says what its page says."""

from django.template import Context, Template

from brands.models import BrandPage
from brands.tests.factories import publish_brand
from core.seals.drawing import COLOURS, draw_seal


def test_the_seal_names_school_and_characters(school):
    brand = publish_brand(school)
    assert "东门大街小学" in brand.seal.title
    assert "旗映彩虹" in brand.seal.title


def test_each_brand_has_a_stone_of_its_own(district):
    one, two = (publish_brand(school) for school in district.schools)
    assert draw_seal(one.seal, "a") != draw_seal(two.seal, "a")


def test_one_brand_always_has_the_same(school):
    brand = publish_brand(school)
    again = type(brand).objects.get(pk=brand.pk)
    assert draw_seal(brand.seal, "a") == draw_seal(again.seal, "a")


def test_the_page_decides_shape_and_style(school):
    brand = publish_brand(school, seal_shape="round", seal_style="relief")
    assert (brand.seal.shape, brand.seal.style) == ("round", "relief")


def test_the_colours_a_brand_may_choose_are_those_that_can_be_drawn():
    assert set(BrandPage.SealColour.values) == set(COLOURS)


def test_a_brand_of_another_colour_is_pressed_in_it(client, school):
    brand = publish_brand(school, seal_colour="pine")
    html = client.get(brand.url).content.decode()
    assert 'class="seal seal-tint seal-pine"' in html
    assert str(brand.get_seal_colour_display()) in html


def test_a_seal_may_stand_on_a_page_twice(school, rf):
    brand = publish_brand(school)
    template = Template("{% load yipin %}{% seal brand %}{% seal brand %}")
    html = template.render(Context({"brand": brand, "request": rf.get("/")}))
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) == 2

"""Translations: only live ones are offered."""

import re

import pytest
from wagtail.models import Locale

from core.display import languages
from core.publishing.contexts import publishing
from core.tree import HOME_DEPTH
from tests.helpers.content import BrandIndexPage, publish_brand, publish_standard_page


@pytest.fixture
def index(district):
    """The Chinese brand wall."""
    return district.child(BrandIndexPage)


def english_of(page):
    return page.get_translation(Locale.objects.get(language_code="en"))


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def unpublish(page):
    """What the gate does when it withdraws a page."""
    with publishing(page):
        page.unpublish()


def test_a_live_translation_is_an_alternate(index):
    assert languages.live_translations(index) == [english_of(index).page_ptr]


def test_a_draft_translation_is_no_alternate(index):
    unpublish(english_of(index))
    assert languages.live_translations(fresh(index)) == []


def test_the_switch_leads_to_the_translation(index):
    target = languages.switch_target(index, "en")
    assert target.exact
    assert target.page.pk == english_of(index).pk


def test_without_a_translation_the_switch_leads_to_the_nearest_translated_ancestor(school):
    brand = publish_brand(school)
    target = languages.switch_target(brand, "en")
    assert not target.exact
    assert target.page.title == "Schools"


def test_an_ancestor_that_is_not_live_is_passed_over(school):
    brand = publish_brand(school)
    unpublish(english_of(school.get_parent().specific))
    target = languages.switch_target(brand, "en")
    assert target.page.depth == HOME_DEPTH


def test_no_target_where_nothing_is_translated(home):
    unpublish(english_of(home))
    assert languages.switch_target(fresh(home), "en") is None


def test_back_from_english_to_the_original(index):
    target = languages.switch_target(english_of(index), "zh-hans")
    assert target.exact
    assert target.page.pk == index.pk


@pytest.mark.parametrize("code, tag", [("zh-hans", "zh-Hans"), ("en", "en"), ("pt-br", "pt-br")])
def test_language_codes_as_html_wants_them(code, tag):
    assert languages.language_tag(code) == tag


def test_pages_name_their_language_and_their_translation(client, index):
    html = client.get("/brands/").content.decode()
    assert '<html lang="zh-Hans" ' in html
    assert 'hreflang="en"' in html
    assert 'href="http://localhost/en/brands/"' in html
    english = client.get("/en/brands/").content.decode()
    assert '<html lang="en" ' in english


def test_an_empty_english_list_leads_to_the_full_chinese_one(client, school):
    publish_brand(school)
    html = client.get("/en/brands/").content.decode()
    assert "Nothing here yet" in html
    assert 'lang="zh-Hans"' in html
    assert 'href="/brands/"' in html
    assert '<form class="filters' not in html


def test_a_page_without_translation_has_no_hreflang_and_says_so(client, home):
    html = client.get(publish_standard_page(home).url).content.decode()
    assert "hreflang" not in html.partition("</head>")[0]
    assert 'href="/en/"' in html


def test_all_languages_take_two_queries(school, django_assert_num_queries):
    brand = fresh(publish_brand(school))
    with django_assert_num_queries(2):
        languages.live_translations(brand)
        languages.switch_targets(brand, "zh-hans")
        languages.breadcrumb_trail(brand)


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/report/?page=/news/", "/en/report/?page=/news/"),
        ("/sitemap/", "/en/sitemap/"),
        ("/en/sitemap/", "/sitemap/"),
        ("/no-such-page/", "/en/"),
    ],
)
def test_the_switch_keeps_a_reader_on_the_same_form_or_list(client, district, address, other):
    html = client.get(address).content.decode()
    switch = re.search(r'class="switch">\s*<a href="([^"]*)"', html)[1]
    assert switch.replace("http://localhost", "") == other

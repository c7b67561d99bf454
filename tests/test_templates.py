"""Every template compiles; none carries style or script of its own; the errors stand alone."""

import re
from itertools import pairwise

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template, render_to_string
from django.views.defaults import server_error
from wagtail.models import Site

from core.publishing.contexts import confirmed_change
from tests.helpers.repository import name_in_repository, templates
from tests.helpers.styles import SHEETS

TEMPLATES = templates()
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_in_repository)
def test_it_compiles(path):
    name = str(path).rpartition("/templates/")[2]
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_in_repository)
def test_it_has_no_style_and_no_script_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert [kind for kind, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", SHEETS, ids=name_in_repository)
def test_styles_ask_nobody_outside(path):
    text = path.read_text(encoding="utf-8")
    assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert "@import" not in text
    assert "@font-face" not in text
    assert text.count("{") == text.count("}")


def test_a_server_error_needs_no_context_and_no_database(rf):
    assert "css/tokens.css" in render_to_string("500.html")
    assert server_error(rf.get("/")).status_code == 500


def test_not_found_keeps_the_frame(client, district):
    response = client.get("/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert district.home.title in html
    assert 'href="/schools/"' in html


def test_not_found_without_any_site(client, db):
    with confirmed_change():
        Site.objects.all().delete()
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.parametrize("url", ["/", "/brands/", "/schools/", "/en/", "/en/schools/"])
def test_pages_have_one_title_and_landmarks(client, district, url):
    html = client.get(url).content.decode()
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert 'href="#main"' in html
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("url", ["/", "/brands/", "/schools/"])
def test_reading_leaves_no_cookie(client, district, url):
    response = client.get(url)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")

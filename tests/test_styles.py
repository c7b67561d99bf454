"""A page links the parts it shows, in the one order that the style page keeps."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

from core.models import BasePage
from tests.helpers.growing_district import GrowingDistrict
from tests.helpers.repository import ROOT, templates
from tests.helpers.styles import (
    CSS,
    PARTS,
    classes_in,
    linked_sheets,
    missing_sheets,
    sheet_by_class,
)

TEMPLATES = templates()
BLOCKS = sorted(ROOT.glob("site/core/templates/core/blocks/*.html"))
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
CSS_BLOCK = re.compile(r"\{% block css %\}.*?\{% endblock %\}", re.DOTALL)
STYLE_PAGE = ROOT / "home/templates/home/styleguide.html"


def source_of(name: str) -> str:
    """The text of a template, with what it extends and includes by name."""
    text = Path(get_template(name).origin.name).read_text()
    for include in re.findall(r"\{% include \"([^\"]+)\"", text):
        text += source_of(include)
    if "{% include_block" in text:
        text += "".join(block.read_text() for block in BLOCKS)
    parent = re.search(r"\{% extends \"([^\"]+)\"", text)
    if not parent or parent[1] == name:
        return text
    inherited = source_of(parent[1])
    return text + (CSS_BLOCK.sub("", inherited) if CSS_BLOCK.search(text) else inherited)


def html_of(path: Path) -> str:
    """A page's template as HTML: its text and links, without tags."""
    text = source_of(str(path).rpartition("/templates/")[2])
    links = "".join(f"css/parts/{name}.css " for name in linked_sheets(text))
    return links + TAG.sub("", text)


def page_templates() -> list[Path]:
    """Templates that are whole pages of the public site, or previews that look like it."""
    bases = (
        "core/base.html", "core/standalone.html", "core/index_page.html", "core/410.html",
        "wagtailcore/shared/block_preview.html",
    )  # fmt: skip
    return [
        path
        for path in TEMPLATES
        if any(f'{{% extends "{base}" %}}' in path.read_text() for base in bases)
    ]


def test_every_page_template_is_found():
    names = {path.name for path in page_templates()}
    assert {"home_page.html", "brand_index_page.html", "500.html", "block_preview.html"} <= names


@pytest.mark.parametrize("path", page_templates(), ids=lambda path: path.name)
def test_a_template_links_what_it_shows(path):
    assert missing_sheets(html_of(path)) == {}


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.name)
def test_blocks_need_one_part_only(path):
    assert set(missing_sheets(TAG.sub("", path.read_text()))) <= {"body"}


def test_a_part_that_is_not_linked_would_be_found():
    assert missing_sheets('<p class="stone new">') == {"wall": {"stone"}}
    assert missing_sheets('css/parts/wall.0123456789ab.css <p class="stone">') == {}


def test_each_class_stands_in_one_part():
    repeated = {
        (first.stem, second.stem): shared
        for first, second in combinations(PARTS, 2)
        if (shared := classes_in(first) & classes_in(second) & set(sheet_by_class()))
    }
    assert repeated == {}


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if linked_sheets(path.read_text())],
    ids=lambda path: path.name,
)
def test_parts_are_linked_in_one_order(path):
    """Of two rules that say the same the later wins, and the order of links is that of rules."""
    order = ["frame", *linked_sheets(STYLE_PAGE.read_text())]
    assert sorted(order) == [part.stem for part in PARTS]
    linked = linked_sheets(path.read_text())
    assert linked == sorted(linked, key=order.index)


def test_no_token_holds_an_address():
    """It would be read from the folder of the sheet that uses the token."""
    for sheet in [*CSS.glob("*.css"), *PARTS]:
        assert not re.search(r"--[\w-]+:[^;]*url\(", sheet.read_text()), sheet.name


def test_every_kind_of_page_links_what_it_shows(client, district):
    growing = GrowingDistrict()
    growing.grow(2)
    page_types = [model for model in apps.get_models() if issubclass(model, BasePage)]
    urls = [growing.fullest_page(model).url for model in page_types if not model._meta.abstract]
    for url in [*urls, "/sitemap/", "/report/", "/brands/?q=none", "/no-such-page/"]:
        html = client.get(url).content.decode()
        assert "css/components.css" in html
        assert missing_sheets(html) == {}, url

"""A page links the parts it shows, in the one order that the style page keeps."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

from core.models import BasePage
from tests.helpers.styles import CSS, PARTS, ROOT, linked, owned, part_of, unlinked
from tests.test_query_budgets import Crowd

TEMPLATES = sorted(
    path
    for pattern in ("*/templates/**/*.html", "site/*/templates/**/*.html")
    for path in ROOT.glob(pattern)
)
BLOCKS = sorted(ROOT.glob("site/core/templates/core/blocks/*.html"))
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
CSS_BLOCK = re.compile(r"\{% block css %\}.*?\{% endblock %\}", re.DOTALL)
STYLE_PAGE = ROOT / "home/templates/home/styleguide.html"


def source(name: str) -> str:
    """The text of a template, with what it extends and includes by name."""
    text = Path(get_template(name).origin.name).read_text()
    for include in re.findall(r"\{% include \"([^\"]+)\"", text):
        text += source(include)
    if "{% include_block" in text:
        text += "".join(block.read_text() for block in BLOCKS)
    parent = re.search(r"\{% extends \"([^\"]+)\"", text)
    if not parent or parent[1] == name:
        return text
    above = source(parent[1])
    return text + (CSS_BLOCK.sub("", above) if CSS_BLOCK.search(text) else above)


def written(path: Path) -> str:
    """A page's template as HTML: its words and links, without tags."""
    text = source(str(path).rpartition("/templates/")[2])
    links = "".join(f"css/parts/{name}.css " for name in linked(text))
    return links + TAG.sub("", text)


def pages() -> list[Path]:
    """Templates that are whole pages of the public site, or previews in its clothes."""
    frames = (
        "core/base.html", "core/standalone.html", "core/index_page.html", "core/410.html",
        "wagtailcore/shared/block_preview.html",
    )  # fmt: skip
    return [
        path
        for path in TEMPLATES
        if any(f'{{% extends "{frame}" %}}' in path.read_text() for frame in frames)
    ]


def test_every_page_template_is_found():
    names = {path.name for path in pages()}
    assert {"home_page.html", "brand_index_page.html", "500.html", "block_preview.html"} <= names


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_a_template_links_what_it_shows(path):
    assert unlinked(written(path)) == {}


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.name)
def test_blocks_need_one_part_only(path):
    assert set(unlinked(TAG.sub("", path.read_text()))) <= {"body"}


def test_a_part_that_is_not_linked_would_be_found():
    assert unlinked('<p class="stone new">') == {"wall": {"stone"}}
    assert unlinked('css/parts/wall.0123456789ab.css <p class="stone">') == {}


def test_each_class_stands_in_one_part():
    twice = {
        (one.stem, other.stem): both
        for one, other in combinations(PARTS, 2)
        if (both := owned(one) & owned(other) & set(part_of()))
    }
    assert twice == {}


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if linked(path.read_text())], ids=lambda path: path.name
)
def test_parts_are_linked_in_one_order(path):
    """Of two rules that say the same the later wins, and the order of links is that of rules."""
    order = ["frame", *linked(STYLE_PAGE.read_text())]
    assert sorted(order) == [part.stem for part in PARTS]
    here = linked(path.read_text())
    assert here == sorted(here, key=order.index)


def test_no_token_holds_an_address():
    """It would be read from the folder of the sheet that uses the token."""
    for sheet in [*CSS.glob("*.css"), *PARTS]:
        assert not re.search(r"--[\w-]+:[^;]*url\(", sheet.read_text()), sheet.name


def test_every_kind_of_page_links_what_it_shows(client, district):
    grown = Crowd()
    grown.grow(2)
    kinds = [model for model in apps.get_models() if issubclass(model, BasePage)]
    addresses = [grown.page(kind).url for kind in kinds if not kind._meta.abstract]
    for address in [*addresses, "/sitemap/", "/report/", "/brands/?q=none", "/no-such-page/"]:
        html = client.get(address).content.decode()
        assert "css/components.css" in html
        assert unlinked(html) == {}, address

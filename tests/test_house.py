"""The rules of the house: where a line belongs, and what may never be written."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.helpers.repository import (
    ROOT,
    SITE,
    modules,
    name_in_repository,
    package_name,
)

MODULE_LINES = 300
STYLE_LINES = 600
TEXT_SUFFIXES = {
    ".py", ".html", ".css", ".js", ".md", ".txt", ".in", ".toml", ".json", ".po", ".cfg", ".yml",
    ".yaml", "",
}  # fmt: skip
# Joined here, so that this file passes its own test.
FORBIDDEN = {
    "a folder outside the repository": "|".join([r"\.\./shared", "/wor" + "k/", "/tmp" + "/"]),
    "a package index": "|".join(
        ["py" + r"pi\.org", "python" + r"hosted\.org", r"tuna\.tsinghua", r"mirrors\.\w+\.\w+"]
    ),
    "a paper outside the repository": r"\bR-\d\d\b|\bdomain\.md\b|\b[Ii]ssues? #?\d+\b",
    "a write past the write guard": r"\.update\([^)]*\blive(_revision(_id)?)?\s*="
    r"|bulk_update\(.*[\"']live(_revision)?[\"']|\b_raw_" + r"delete\(",
    "a write past the guards of sites, redirects and locks": r"\b(Site|Redirect|PageViewRestriction"
    r"|CollectionViewRestriction|WorkflowPage)\.(objects|_base_manager)\b"
    r".*\.(update|bulk_create|bulk_update)\(",
}


def layers_contract() -> tuple[set[str], set[str], set[str]]:
    """Packages of the layers contract: those that exist, those to come, and the root packages."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    names = [
        name.strip() for layer in settings["contracts"][0]["layers"] for name in layer.split("|")
    ]
    to_come = {name.strip("()") for name in names if name.startswith("(")}
    return {name for name in names if name[0] != "("}, to_come, set(settings["root_packages"])


def test_site_is_a_source_root_and_never_a_package():
    assert not (SITE / "__init__.py").exists()


def test_the_standard_library_keeps_its_site():
    # The module of the standard library, whose name our source root shares.
    import site

    assert ROOT not in Path(site.__file__).resolve().parents or ".venv" in site.__file__
    assert site.__file__ == sys.modules["site"].__file__
    assert hasattr(site, "getsitepackages")


def test_git_does_not_ignore_the_source_root(committed):
    """Stock templates of `.gitignore` hold `/site`, and git then drops it without a word."""
    assert SITE / "district" / "serving.py" in committed


def test_nothing_lies_loose():
    """At both source roots there are packages only, `manage.py`, and the fixtures of all tests."""
    loose = {path.name for root in (ROOT, SITE) for path in root.glob("*.py")}
    assert loose <= {"manage.py", "conftest.py"}


def test_every_package_has_its_layer():
    present, to_come, roots = layers_contract()
    packages = {package_name(module) for module in modules()}
    assert packages - present == set(), "take it out of its brackets in pyproject.toml, or add it"
    assert present - packages == set(), "put it in brackets in pyproject.toml: it is not there yet"
    assert present == roots, "root_packages and layers must name the same packages"
    assert not present & to_come


def test_the_site_imports_no_tools():
    """They are not there where only the site is installed."""
    importing = [
        str(module.relative_to(ROOT))
        for module in modules()
        if re.search(r"^\s*(from|import) tools\b", module.read_text(), re.MULTILINE)
    ]
    assert importing == []


def test_the_layers_have_no_exceptions():
    text = (ROOT / "pyproject.toml").read_text()
    assert "ignore_" + "imports" not in text
    assert re.findall(r"^id = \"(.*)\"", text, re.MULTILINE) == ["layers", "core"]


def test_modules_are_short():
    assert {
        name_in_repository(module): lines
        for module in (*modules(), *(ROOT / "tests").rglob("*.py"))
        if "migrations" not in module.parts
        and (lines := len(module.read_text().splitlines())) >= MODULE_LINES
    } == {}


def test_style_sheets_are_short():
    """One that grows is divided by what it is for: see decision 0029."""
    assert {
        name_in_repository(sheet): lines
        for sheet in (ROOT / "static/css").rglob("*.css")
        if (lines := len(sheet.read_text().splitlines())) >= STYLE_LINES
    } == {}


def test_migrations_know_no_blocks():
    """`BodyField` keeps them out: a new block must not need a migration."""
    with_blocks = [
        name_in_repository(module)
        for module in modules()
        if "migrations" in module.parts and re.search(r"Block\b|block_lookup", module.read_text())
    ]
    assert with_blocks == []


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_never_written(committed, rule):
    places = [
        f"{name_in_repository(path)}:{number}: {line.strip()[:100]}"
        for path in committed
        if path.suffix in TEXT_SUFFIXES
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if re.search(FORBIDDEN[rule], line)
    ]
    assert places == []


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert not re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links)\b", text, re.MULTILINE)
        pins = re.findall(r"^([a-z0-9-]+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins, name
        assert not [pin for pin, rest in pins if "==" not in rest or "--hash=sha256:" not in rest]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (
            "a write past the write guard",
            "Page.objects.filter(pk=1).up" + "date(title='x', live=True)",
        ),
        ("a write past the write guard", "pages.up" + "date(live_revision_id=3)"),
        ("a write past the write guard", "Page.objects.bulk_up" + "date(pages, ['title', 'live'])"),
        (
            "a write past the guards of sites, redirects and locks",
            "Site.objects.up" + "date(port=1)",
        ),
    ],
)
def test_the_rules_against_ways_round_find_them(rule, line):
    assert re.search(FORBIDDEN[rule], line)
    assert not re.search(FORBIDDEN[rule], "Page.objects.filter(live=True).up" + "date(title='x')")

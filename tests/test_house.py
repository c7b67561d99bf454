"""The rules of the house: where a line belongs, and what may never be written."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
MODULE_LINES = 300
STYLE_LINES = 600
# Folders of the repository's root that hold no package of the site.
NO_PACKAGES = {"site", "tests", "tools", "docs", "static", "var"}
TEXT = {
    ".py", ".html", ".css", ".js", ".md", ".txt", ".in", ".toml", ".json", ".po", ".cfg", ".yml",
    ".yaml", "",
}  # fmt: skip
# Joined here, so that this file passes its own test.
NEVER = {
    "a folder outside the repository": "|".join([r"\.\./shared", "/wor" + "k/", "/tmp" + "/"]),
    "a package index": "|".join(
        ["py" + r"pi\.org", "python" + r"hosted\.org", r"tuna\.tsinghua", r"mirrors\.\w+\.\w+"]
    ),
    "a way round the write guard": r"\.update\([^)]*\blive(_revision(_id)?)?\s*="
    r"|bulk_update\(.*[\"']live(_revision)?[\"']|\b_raw_" + r"delete\(",
    "a way round the guards of sites, redirects and locks": r"\b(Site|Redirect|PageViewRestriction"
    r"|CollectionViewRestriction|WorkflowPage)\.(objects|_base_manager)\b"
    r".*\.(update|bulk_create|bulk_update)\(",
}


def committed() -> list[Path]:
    """Every file in git, or about to be."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules() -> Iterator[Path]:
    """Every Python file of both roots that belongs to the site."""
    for root in (ROOT, SITE):
        for package in sorted(root.iterdir()):
            if package.is_dir() and package.name not in NO_PACKAGES and package.name[0] != ".":
                yield from sorted(package.rglob("*.py"))


def package_of(module: Path) -> str:
    """The top-level package a file lies in, on whichever root."""
    return module.relative_to(SITE if SITE in module.parents else ROOT).parts[0]


def contract() -> tuple[set[str], set[str], set[str]]:
    """Packages of the layers contract: those that must exist, those to come, and the roots."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    names = [
        name.strip() for layer in settings["contracts"][0]["layers"] for name in layer.split("|")
    ]
    to_come = {name.strip("()") for name in names if name.startswith("(")}
    return {name for name in names if name[0] != "("}, to_come, set(settings["root_packages"])


def test_site_is_a_source_root_and_never_a_package():
    assert not (SITE / "__init__.py").exists()


def test_the_standard_library_keeps_its_site():
    import site

    assert ROOT not in Path(site.__file__).resolve().parents or ".venv" in site.__file__
    assert site.__file__ == sys.modules["site"].__file__
    assert hasattr(site, "getsitepackages")


def test_git_does_not_ignore_the_source_root():
    """Stock templates of `.gitignore` hold `/site`, and git then drops it without a word."""
    assert SITE / "district" / "serving.py" in committed()


def test_nothing_lies_loose():
    """At both roots there are packages only, the door, and the fixtures all packages share."""
    loose = {path.name for root in (ROOT, SITE) for path in root.glob("*.py")}
    assert loose <= {"manage.py", "conftest.py"}


def test_every_package_has_its_layer():
    present, to_come, roots = contract()
    found = {package_of(module) for module in modules()}
    assert found - present == set(), "take it out of its brackets in pyproject.toml, or add it"
    assert present - found == set(), "put it in brackets in pyproject.toml: it is not there yet"
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
    long = {
        str(module.relative_to(ROOT)): lines
        for module in modules()
        if "migrations" not in module.parts
        and (lines := len(module.read_text().splitlines())) >= MODULE_LINES
    }
    assert not long


def test_style_sheets_are_short():
    """One that grows is divided by what it is for: see decision 0029."""
    long = {
        str(sheet.relative_to(ROOT)): lines
        for sheet in (ROOT / "static/css").rglob("*.css")
        if (lines := len(sheet.read_text().splitlines())) >= STYLE_LINES
    }
    assert not long


def test_migrations_know_no_blocks():
    """`BodyField` keeps them out: a new block must not need a migration."""
    with_blocks = [
        str(module.relative_to(ROOT))
        for module in modules()
        if "migrations" in module.parts and re.search(r"Block\b|block_lookup", module.read_text())
    ]
    assert not with_blocks


@pytest.mark.parametrize("rule", NEVER)
def test_never_written(rule):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in committed()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if re.search(NEVER[rule], line)
    ]
    assert not found


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
            "a way round the write guard",
            "Page.objects.filter(pk=1).up" + "date(title='x', live=True)",
        ),
        ("a way round the write guard", "pages.up" + "date(live_revision_id=3)"),
        ("a way round the write guard", "Page.objects.bulk_up" + "date(pages, ['title', 'live'])"),
        (
            "a way round the guards of sites, redirects and locks",
            "Site.objects.up" + "date(port=1)",
        ),
    ],
)
def test_the_rules_against_ways_round_find_them(rule, line):
    assert re.search(NEVER[rule], line)
    assert not re.search(NEVER[rule], "Page.objects.filter(live=True).up" + "date(title='x')")

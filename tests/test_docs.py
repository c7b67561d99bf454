"""The documents say what the code does: variables, commands, links, the index of decisions."""

import re
import tomllib
from pathlib import Path

import polib
import pytest
from django.core.management import get_commands, load_command_class

from tests.helpers.repository import ROOT, name_in_repository

DOCS = ROOT / "docs"
DECISIONS = DOCS / "decisions"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
# Every way in which our code asks the environment for a name in capitals.
ENVIRONMENT_READ = re.compile(
    r"""(?:\benv\.\w+|environ(?:\.(?:get|setdefault|pop))?)[(\[]\s*["']([A-Z_]+)"""
)
DECISION_LINES = 25


def python_files() -> list[Path]:
    """Every Python file of the repository, tests included."""
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."]
    nested = (file for folder in folders if folder.name != "var" for file in folder.rglob("*.py"))
    return [*ROOT.glob("*.py"), *nested]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def documented_variables() -> list[str]:
    section = text_of(DOCS / "operations.md").split("## Environment")[1].split("\n## ")[0]
    return re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)


def test_the_table_names_exactly_the_variables_that_the_code_reads():
    names_read = {
        name for file in python_files() for name in ENVIRONMENT_READ.findall(text_of(file))
    }
    assert {"DATABASE_URL", "SECRET_KEY", "PORT", "CI"} <= names_read, (
        "the pattern finds too little"
    )
    documented = documented_variables()
    assert set(documented) == names_read
    assert len(documented) == len(set(documented))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_in_repository)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if re.match(r"\w+:", link):
            continue
        path, _hash, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=name_in_repository)
def test_files_that_are_named_exist(page):
    """A path in code marks, with a folder in it, is a file or folder of the repository."""
    roots = [ROOT, ROOT / "site", ROOT / "site/core/templates"]
    for name in re.findall(r"`([a-z_]+(?:/[\w.]+)+/?)`", text_of(page)):
        if name.startswith("var/"):
            continue  # written at run time
        assert any((root / name).exists() for root in roots), name


def test_the_index_names_every_decision():
    files = sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))
    index = text_of(DECISIONS / "README.md")
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == files
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    for name in files:
        text = text_of(DECISIONS / name)
        title = text.splitlines()[0].removeprefix(f"# {name[:4]} ")
        assert f"| [{name[:4]}]({name}) | {title} |" in index
        assert len(text.splitlines()) <= DECISION_LINES, name
        for part in ("Context", "Decision", "Rejected", "Consequences"):
            assert f"**{part}.**" in text, name


@pytest.mark.parametrize("page", PAGES, ids=name_in_repository)
def test_commands_that_are_named_exist(page):
    text = text_of(page)
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^ {4,}|`)make ([a-z]+)", text, re.MULTILINE))
    assert named <= targets
    commands = set(re.findall(r"manage\.py\s+([a-z_]+)", text))
    # `manage.py test` is named only to say that it is not for us.
    assert commands - {"test"} <= set(get_commands())


def test_every_marker_is_explained():
    settings = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["pytest"]["ini_options"]
    section = text_of(DOCS / "testing.md").split("## Markers")[1].split("\n## ")[0]
    explained = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert explained == [marker.partition(":")[0] for marker in settings["markers"]]


def test_options_that_are_named_exist():
    """The options of our own commands in the handbook of operations."""
    text = text_of(DOCS / "operations.md")
    for command in ("bootstrap", "open_school", "maintenance"):
        app = get_commands()[command]
        parser = load_command_class(app, command).create_parser("manage.py", command)
        options = set(parser._option_string_actions)
        for line in re.findall(rf"{command} ([^\n`]*)", text):
            assert set(re.findall(r"--[a-z-]+", line)) <= options, line


def test_messages_quoted_to_editors_are_real():
    """What the editors' handbook calls a message stands in one of our catalogues."""
    patterns = set()
    for folder in ("locale", "locale_wagtail"):
        for entry in polib.pofile(ROOT / f"site/{folder}/zh_Hans/LC_MESSAGES/django.po"):
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                pattern = "".join(
                    ".+" if re.fullmatch(r"%\(\w+\)[sd]", part) else re.escape(part)
                    for part in re.split(r"(%\(\w+\)[sd])", text)
                )
                patterns.add(pattern)
    catalogue = re.compile("|".join(sorted(filter(None, patterns))))
    section = text_of(DOCS / "editing.md").split("## 常见提示")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    messages = [row.strip() for row in rows if row.strip() not in {"提示", "---"}]
    assert len(messages) > 10
    assert [row for row in messages if not catalogue.fullmatch(row)] == []


def test_the_walks_name_files_that_exist_and_none_twice_in_one_walk():
    for walk in text_of(DOCS / "walks.md").split("\n## ")[1:]:
        files = re.findall(r"`([\w/]+/\w+\.(?:py|html))`", walk)
        assert len(files) > 10
        assert [name for name in files if not (ROOT / name).is_file()] == []
        assert sorted(set(files)) == sorted(files), walk.partition("\n")[0]

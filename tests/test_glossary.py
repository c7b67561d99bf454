"""The glossary names what is there: each class, function and value, in its module."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"\|[^|]+\|[^|]+\|(?P<names>[^|]*)\| `(?P<module>[\w.]+)` \|")
NAME = re.compile(r"`([A-Za-z_]+(?:\.[A-Za-z_]+)?)`")


def rows() -> list[tuple[str, str]]:
    """Return (module, name) for every name the glossary gives."""
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    return [
        (row["module"], name)
        for row in map(ROW.match, text.splitlines())
        if row
        # In brackets: the name that a stored value or a column keeps.
        for name in NAME.findall(row["names"].partition("(")[0])
    ]


def test_the_glossary_has_rows():
    assert len(rows()) > 60


@pytest.mark.parametrize(("module", "name"), rows(), ids=lambda value: value)
def test_what_the_glossary_names_is_there(module, name):
    value = importlib.import_module(module)
    for part in name.split("."):
        value = getattr(value, part, None)
    assert value is not None

"""The Chinese catalogues are complete, agree with the code, and their .mo are fresh."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.catalogues import CATALOGUES, NOT_OURS, ROOT
from tests.helpers.machine import gettext, on_ci

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[1])
def path(request) -> Path:
    """Each catalogue in turn."""
    path = ROOT / request.param
    assert path.exists(), "run: make messages"
    return path


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    """The key under which gettext finds a message."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def texts(entry: polib.POEntry) -> list[str]:
    """Its translations: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_nothing_is_empty_fuzzy_or_obsolete(path):
    catalogue = polib.pofile(path)
    assert len(catalogue), "no strings at all"
    assert not [entry.msgid for entry in catalogue if not all(texts(entry))], "empty"
    assert not [entry.msgid for entry in catalogue if entry.fuzzy], "fuzzy"
    assert not [entry.msgid for entry in catalogue.obsolete_entries()], "obsolete"


def test_placeholders_are_those_of_the_source(path):
    """In any order; Chinese has one plural form, so it must hold those of the English plural."""
    wrong = {}
    for entry in polib.pofile(path):
        source = entry.msgid_plural or entry.msgid
        for text in texts(entry):
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
                wrong[source] = text
    assert not wrong


def test_chinese_has_one_plural_form(path):
    assert "nplurals=1" in polib.pofile(path).metadata["Plural-Forms"]


def test_the_compiled_file_is_fresh(path):
    """Compared by content: compilers may order a .mo as they like."""
    compiled = polib.mofile(path.with_suffix(".mo"))
    entries = {key(entry): texts(entry) for entry in compiled}
    assert entries == {key(entry): texts(entry) for entry in polib.pofile(path)}, (
        "run: make messages"
    )


def test_the_strings_are_those_of_the_code(tmp_path):
    if not gettext():
        assert not on_ci(), "CI must have gettext"
        pytest.skip("GNU gettext is missing (sudo apt install gettext)")
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", *NOT_OURS, "static"))
    subprocess.run(
        [sys.executable, "-m", "tests.catalogues", str(copy)], cwd=ROOT, check=True, timeout=120
    )
    own = CATALOGUES[0]
    assert (ROOT / own).exists(), "run: make messages"
    committed = [key(entry) for entry in polib.pofile(ROOT / own)]
    assert committed == [key(entry) for entry in polib.pofile(copy / own)], "run: make messages"

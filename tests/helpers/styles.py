"""Which style sheet of `static/css/parts` a class stands in, and what a page forgot to link."""

import re
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static/css"
PARTS = sorted((CSS / "parts").glob("*.css"))
# What every page has; print.css only changes on paper what stands elsewhere.
EVERYWHERE = ("base", "layout", "components")
SHEETS = [*sorted(CSS.glob("*.css")), *PARTS]
LINK = re.compile(r"css/parts/([\w-]+?)(?:\.[0-9a-f]{12})?\.css")
CLASSES = re.compile(r"\bclass=\"([^\"]*)\"")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BRACKETS = re.compile(r"\([^()]*\)")
# A selector belongs to the class it begins with: `.paper .file` to `paper`.
BEGINNING = re.compile(r"\.([a-zA-Z][\w-]*)")


def owned(sheet: Path) -> set[str]:
    """The classes that selectors of this sheet begin with."""
    rules = BRACKETS.sub("", COMMENT.sub("", sheet.read_text()))
    selectors = (found.split(",") for found in re.findall(r"[^{};]+(?=\{)", rules))
    begun = (BEGINNING.match(one.strip()) for one in chain.from_iterable(selectors))
    return {found[1] for found in begun if found}


@cache
def part_of() -> dict[str, str]:
    """Class → the part it stands in; without what every page may use anyway."""
    everywhere = set().union(*(owned(CSS / f"{name}.css") for name in EVERYWHERE))
    return {name: part.stem for part in PARTS for name in owned(part) - everywhere}


def classes_of(html: str) -> set[str]:
    """Every class of a page, or of a template without its tags."""
    return set(chain.from_iterable(words.split() for words in CLASSES.findall(html)))


def linked(html: str) -> list[str]:
    """The parts that are linked, in their order."""
    return LINK.findall(html)


def unlinked(html: str) -> dict[str, set[str]]:
    """Part → classes of this page that stand in it, for each part that the page does not link."""
    missing: dict[str, set[str]] = {}
    for name in classes_of(html) & set(part_of()):
        if part_of()[name] not in linked(html):
            missing.setdefault(part_of()[name], set()).add(name)
    return missing

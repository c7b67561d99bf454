"""In which style sheet of `static/css/parts` a class is defined, and which sheets a page lacks."""

import re
from functools import cache
from itertools import chain
from pathlib import Path

from tests.helpers.repository import ROOT

CSS = ROOT / "static/css"
PARTS = sorted((CSS / "parts").glob("*.css"))
# What every page has; print.css only changes on paper what is defined elsewhere.
EVERYWHERE = ("base", "layout", "components")
SHEETS = [*sorted(CSS.glob("*.css")), *PARTS]
LINK = re.compile(r"css/parts/([\w-]+?)(?:\.[0-9a-f]{12})?\.css")
CLASS_ATTRIBUTE = re.compile(r"\bclass=\"([^\"]*)\"")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BRACKETS = re.compile(r"\([^()]*\)")
# A selector belongs to the class it begins with: `.paper .file` to `paper`.
LEADING_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")


def classes_in(sheet: Path) -> set[str]:
    """The classes that selectors of this sheet begin with."""
    rules = BRACKETS.sub("", COMMENT.sub("", sheet.read_text()))
    selector_lists = (match.split(",") for match in re.findall(r"[^{};]+(?=\{)", rules))
    selectors = (selector.strip() for selector in chain.from_iterable(selector_lists))
    matches = (LEADING_CLASS.match(selector) for selector in selectors)
    return {match[1] for match in matches if match}


@cache
def sheet_by_class() -> dict[str, str]:
    """Class → the part that defines it; without what every page may use anyway."""
    everywhere = set().union(*(classes_in(CSS / f"{name}.css") for name in EVERYWHERE))
    return {name: part.stem for part in PARTS for name in classes_in(part) - everywhere}


def classes_used(html: str) -> set[str]:
    """Every class of a page, or of a template without its tags."""
    return set(chain.from_iterable(names.split() for names in CLASS_ATTRIBUTE.findall(html)))


def linked_sheets(html: str) -> list[str]:
    """The parts that are linked, in their order."""
    return LINK.findall(html)


def missing_sheets(html: str) -> dict[str, set[str]]:
    """Part → classes of this page that it defines, for each part that the page does not link."""
    missing: dict[str, set[str]] = {}
    linked = set(linked_sheets(html))
    for name in classes_used(html) & set(sheet_by_class()):
        if sheet_by_class()[name] not in linked:
            missing.setdefault(sheet_by_class()[name], set()).add(name)
    return missing

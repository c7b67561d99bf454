"""Only two modules of the site can change what readers see of a page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MAY_OPEN_PUBLISHING = {"site/publication/publish.py", "site/publication/unpublish.py"}
# Where `publishing` is defined.
CONTEXTS = "site/core/publishing/contexts.py"


def site_modules() -> Iterator[Path]:
    """Every module of the site, without tests, migrations and what is no package of it."""
    packages = [
        path.parent for root in (ROOT, ROOT / "site") for path in root.glob("*/__init__.py")
    ]
    for package in packages:
        for module in package.rglob("*.py"):
            parts = module.relative_to(ROOT).parts
            if parts[0] != "tests" and not {"tests", "migrations"} & set(parts):
                yield module


def opens_publishing(source: str) -> bool:
    """Whether a module imports `publishing`, calls it by another path, or looks it up by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("contexts"):
            if {"publishing", "*", "_page_being_published"} & {name.name for name in node.names}:
                return True
        elif isinstance(node, ast.Call):
            called = node.func
            name = getattr(called, "attr", None) or getattr(called, "id", None)
            if name == "publishing":
                return True
    return False


def test_nobody_else_opens_publishing():
    modules = {str(module.relative_to(ROOT)): module for module in site_modules()}
    assert MAY_OPEN_PUBLISHING | {CONTEXTS} <= modules.keys()
    opening = {name for name, module in modules.items() if opens_publishing(module.read_text())}
    assert opening - {CONTEXTS} == MAY_OPEN_PUBLISHING


@pytest.mark.parametrize(
    "source",
    [
        "from core.publishing.contexts import publishing",
        "from core.publishing.contexts import publishing as quietly",
        "from core.publishing import contexts\nwith contexts.publishing(page): pass",
        "from core.publishing.contexts import _page_being_published",
    ],
)
def test_a_module_that_opens_publishing_is_found(source):
    assert opens_publishing(source)


def test_a_module_that_only_asks_is_not_found():
    assert not opens_publishing("from core.publishing.contexts import is_publishing")

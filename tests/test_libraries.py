"""Every package we ask for has its reason in decision 0013, and nothing else is imported."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires

from tests.helpers.repository import ROOT, committed_files

DECISION = ROOT / "docs/decisions/0013-libraries.md"
FILES = ("requirements.in", "requirements-dev.in")


def normalised(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required() -> set[str]:
    """The distributions named in `requirements.in` and `requirements-dev.in`."""
    lines = [line for name in FILES for line in (ROOT / name).read_text().splitlines()]
    return {normalised(re.match(r"[\w.-]+", line)[0]) for line in lines if re.match(r"\w", line)}


def imported() -> set[str]:
    """The top-level modules that committed Python files import."""
    modules = set()
    for path in committed_files():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(node.module.partition(".")[0])
    return modules


def test_every_package_has_its_reason():
    text = DECISION.read_text(encoding="utf-8")
    assert [name for name in sorted(required()) if not re.search(rf"(?<!-)\b{name}\b", text)] == []


def test_what_is_imported_is_required():
    """By us, or directly by a package of ours: Wagtail brings modelcluster, for one."""
    allowed = required()
    for name in required():
        allowed |= {normalised(re.match(r"[\w.-]+", line)[0]) for line in requires(name) or []}
    distributions = packages_distributions()
    third_party = imported() & set(distributions) - set(sys.stdlib_module_names)
    assert {"django", "wagtail", "PIL"} <= third_party
    unknown = {
        module
        for module in third_party
        if not {normalised(name) for name in distributions[module]} & allowed
    }
    assert unknown == set()

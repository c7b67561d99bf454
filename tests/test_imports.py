"""Imports stand at the top of their module and lead in no circle."""

import ast

import pytest

from tests.helpers.imports import function_level_imports, import_cycles, import_graph
from tests.helpers.repository import name_in_repository, product_modules


def unexplained_imports(source: str) -> list[int]:
    """The lines of imports inside functions that no comment explains.

    The comment stands on the line, or above the block of imports that the line belongs to.
    """
    lines = source.splitlines()
    imports = {
        line: node.lineno
        for node in function_level_imports(ast.parse(source))
        for line in range(node.lineno, node.end_lineno + 1)
    }
    unexplained = []
    for first in sorted(set(imports.values())):
        above = first - 1
        while above in imports:
            above -= 1
        explained = "#" in lines[first - 1] or lines[above - 1].lstrip().startswith("#")
        if not explained:
            unexplained.append(first)
    return unexplained


def test_an_import_inside_a_function_is_explained():
    unexplained = [
        f"{name_in_repository(module)}:{line}"
        for module in product_modules()
        for line in unexplained_imports(module.read_text(encoding="utf-8"))
    ]
    assert unexplained == []


def test_no_files_import_one_another():
    graph = import_graph()
    assert "core.models" in graph["news.models"], "the graph is empty"
    assert import_cycles(graph) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    import a\n    import b\n", [2, 3]),
        (
            "def f():\n    # Not loaded before.\n    import a\n    from b import (\n  c)\n",
            [],
        ),
        ("def f():\n    import a  # heavy\n    import b\n", [3]),
        ("import a\n\n\nclass B:\n    import c\n", []),
        (
            "class B:\n def ready(self):\n  import a\n def f(self):\n  import a\n",
            [5],
        ),
    ],
)
def test_an_unexplained_import_is_found(source, lines):
    assert unexplained_imports(source) == lines


def test_a_circle_is_found():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"a"}}
    assert import_cycles(graph) == [["a", "b", "c"]]

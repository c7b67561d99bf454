"""Values have names that say what they are."""

import ast

import pytest

from tests.helpers.repository import name_in_repository, product_modules

# What is in it? `errors`, `titles`, `matching_pages`, `message`, `recipients` say so.
BARE_NAMES = {"words", "found", "said", "told"}


def bare_names(source: str) -> list[tuple[int, str]]:
    """(line, name) of each parameter and each value that has such a name.

    Fields of models and forms are not meant: their names are stored, or posted by a page.
    """
    tree = ast.parse(source)
    fields = {
        node
        for class_node in ast.walk(tree)
        if isinstance(class_node, ast.ClassDef)
        for statement in class_node.body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
    }
    names = [
        (node.lineno, node.arg if isinstance(node, ast.arg) else node.id)
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields)
    ]
    return sorted((line, name) for line, name in names if name in BARE_NAMES)


def test_no_value_has_a_bare_name():
    assert [
        f"{name_in_repository(module)}:{line}: {name}"
        for module in product_modules()
        for line, name in bare_names(module.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("words = 1\n", [(1, "words")]),
        ("def f(said, *, told=1): pass\n", [(1, "said"), (1, "told")]),
        ("if (found := f()):\n    pass\n", [(1, "found")]),
        ("x = [words for words in y]\n", [(1, "words")]),
        ("for a, (b, found) in x:\n    pass\n", [(1, "found")]),
        ("class Form:\n    words = Field()\n    def f(self):\n        found = 1\n", [(4, "found")]),
        ("f(words=1)\nx.found = x.said\n", []),
    ],
)
def test_a_bare_name_is_found(source, names):
    assert bare_names(source) == names

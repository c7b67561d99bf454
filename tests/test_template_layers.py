"""Templates obey the layers, as imports do: see `[tool.importlinter]` in pyproject.toml.

A template may include, extend and load what its own app has or what lies in a layer below; so may
a module that names a template. A sibling of the same layer is as forbidden as a layer above.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.template import TemplateDoesNotExist, engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template
from django.template.loader_tags import construct_relative_path

ROOT = Path(__file__).resolve().parents[1]
SOURCE_ROOTS = (ROOT / "site", ROOT)
# Names that are only known when a template is rendered: (template, expression) → what it may be.
# An expression that is not listed here is an error.
VARIABLE_NAMES: dict[tuple[str, str], list[str]] = {}


class Reference(NamedTuple):
    """Something of an app that a file of an app uses."""

    path: Path
    tag: str
    name: str
    owner: str | None

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}: {self.tag} {self.name} (of {self.owner})"


def read_layers() -> dict[str, int]:
    """Return package → layer, 0 at the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    [contract] = [each for each in settings["contracts"] if each["id"] == "layers"]
    return {
        name.strip(" ()"): number
        for number, layer in enumerate(contract["layers"])
        for name in layer.split("|")
    }


LAYERS = read_layers()


def owner_of(path: Path) -> str | None:
    """Return the package of this repository to which a file belongs; None for a library's file."""
    for root in SOURCE_ROOTS:
        if path.is_relative_to(root) and path.relative_to(root).parts[0] in LAYERS:
            return path.relative_to(root).parts[0]
    return None


def app_files(pattern: str) -> list[Path]:
    """Return the files of all packages that match `pattern`, without tests and migrations."""
    return sorted(
        path
        for root in SOURCE_ROOTS
        for package in LAYERS
        for path in (root / package).glob(pattern)
        if path.is_file() and not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)
    )


TEMPLATES = app_files("**/templates/**/*.*")
MODULES = app_files("**/*.py")


def template_name(path: Path) -> str:
    return path.as_posix().rpartition("/templates/")[2]


def template_owner(name: str) -> str | None:
    return owner_of(Path(get_template(name).origin.name))


def library_owner(name: str) -> str | None:
    """Return the package of a tag library; also of one that these settings do not install."""
    module = engines["django"].engine.libraries.get(name)
    if module:
        package = module.partition(".")[0]
        return package if package in LAYERS else None
    [path] = app_files(f"**/templatetags/{name}.py")
    return owner_of(path)


def references_of(path: Path) -> Iterator[Reference]:
    """Yield what a template includes, extends and loads."""
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type != TokenType.BLOCK:
            continue
        tag, *arguments = token.split_contents()
        if tag in ("include", "extends"):
            for name in names_of(path, arguments[0]):
                yield Reference(path, tag, name, template_owner(name))
        elif tag == "load":
            libraries = arguments[-1:] if arguments[-2:-1] == ["from"] else arguments
            for name in libraries:
                yield Reference(path, tag, name, library_owner(name))


def names_of(path: Path, argument: str) -> list[str]:
    """Return the names of templates that the argument of a tag may have."""
    name = template_name(path)
    if argument[0] in "\"'" and argument[-1] == argument[0]:
        relative = construct_relative_path(name, argument, allow_recursion=True)
        return [relative.strip("\"'")]
    assert (name, argument) in VARIABLE_NAMES, f"list what {argument} may be in {name}"
    return VARIABLE_NAMES[name, argument]


def template_names_in(path: Path) -> Iterator[Reference]:
    """Yield the templates that a module names: of views, panels, cards, tags, blocks."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.value if isinstance(node, ast.Constant) else None
        if isinstance(name, str) and re.fullmatch(r"[\w./-]+\.(html|txt)", name):
            try:
                yield Reference(path, "names", name, template_owner(name))
            except TemplateDoesNotExist:
                continue  # a file of another kind


def may_use(user: str, owner: str | None) -> bool:
    """Return whether a file of the package `user` may use what belongs to `owner`."""
    return owner is None or owner == user or LAYERS[user] < LAYERS[owner]


def forbidden(references: Iterator[Reference]) -> list[str]:
    return [str(each) for each in references if not may_use(str(owner_of(each.path)), each.owner)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_only_what_lies_below_it(path):
    assert forbidden(references_of(path)) == []


def test_a_module_names_only_templates_that_lie_below_it():
    assert [error for path in MODULES for error in forbidden(template_names_in(path))] == []


def test_every_app_with_templates_is_read():
    owners = {owner_of(path) for path in TEMPLATES}
    assert {"core", "brands", "review", "district"} <= owners <= LAYERS.keys()
    named = [name for path in MODULES for name in template_names_in(path)]
    assert len(named) > 40


def test_every_listed_variable_is_in_use():
    used = {
        (template_name(path), arguments[0])
        for path in TEMPLATES
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize()
        if token.token_type == TokenType.BLOCK
        for tag, *arguments in [token.split_contents()]
        if tag in ("include", "extends")
    }
    assert VARIABLE_NAMES.keys() <= used


@pytest.mark.parametrize(
    ("user", "owner", "allowed"),
    [
        ("brands", "core", True),
        ("brands", "brands", True),
        ("brands", None, True),
        ("brands", "news", False),
        ("core", "brands", False),
        ("schools", "audit", False),
    ],
)
def test_the_rule_allows_own_and_lower_layers_only(user, owner, allowed):
    assert may_use(user, owner) is allowed

"""What the modules of the product import, read from their source. Standard library only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.repository import module_name, product_modules

Import = ast.Import | ast.ImportFrom
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def import_graph() -> dict[str, set[str]]:
    """Module → modules of the product that it imports when it is itself imported."""
    names = {module_name(module): module for module in product_modules()}
    return {name: _imported_by(module, names) for name, module in names.items()}


def _imported_by(module: Path, names: dict[str, Path]) -> set[str]:
    imported: set[str] = set()
    package = _package_of(module)
    for node in module_level_imports(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
            continue
        source = node.module or ""
        if node.level:
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            source = ".".join([*parents, source]) if source else ".".join(parents)
        for alias in node.names:
            # `from package import module` imports the module, `from module import name` the module.
            submodule = f"{source}.{alias.name}"
            imported.add(submodule if submodule in names else source)
    return imported & names.keys() - {module_name(module)}


def _package_of(module: Path) -> str:
    name = module_name(module)
    return name if module.name == "__init__.py" else name.rpartition(".")[0]


def module_level_imports(tree: ast.AST) -> Iterator[Import]:
    """The imports that run with the module: not those in functions, nor those for type checkers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Import):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif not isinstance(node, FUNCTIONS):
            yield from module_level_imports(node)


def function_level_imports(tree: ast.AST) -> Iterator[Import]:
    """The imports inside functions, but for `AppConfig.ready`, where Django wants them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, FUNCTIONS) and getattr(node, "name", "") != "ready":
            yield from (inner for inner in ast.walk(node) if isinstance(inner, Import))
        elif not isinstance(node, FUNCTIONS):
            yield from function_level_imports(node)


def import_cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import one another, each sorted by name (Tarjan)."""
    indexes: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    cycles: list[list[str]] = []

    def visit(name: str) -> None:
        indexes[name] = lowest[name] = len(indexes)
        stack.append(name)
        for imported in graph[name]:
            if imported not in indexes:
                visit(imported)
                lowest[name] = min(lowest[name], lowest[imported])
            elif imported in stack:
                lowest[name] = min(lowest[name], indexes[imported])
        if lowest[name] == indexes[name]:
            group = [stack.pop()]
            while group[-1] != name:
                group.append(stack.pop())
            if len(group) > 1:
                cycles.append(sorted(group))

    for name in graph:
        if name not in indexes:
            visit(name)
    return sorted(cycles)

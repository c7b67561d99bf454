"""Finds what this project overrides of Wagtail, Django and other libraries, by looking at it."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.apps import AppConfig, apps
from django.db import models
from wagtail import hooks

ROOT = Path(__file__).resolve().parents[3]
# Methods that Wagtail and Django document for every project.
DOCUMENTED_METHODS = {"__str__", "clean", "get_context", "get_description"}
# Classes of Wagtail that are made to be subclassed, by the beginning of their module's name.
DOCUMENTED_BASES = (
    "wagtail.admin.action_menu",
    "wagtail.admin.filters",
    "wagtail.admin.forms.search",
    "wagtail.admin.menu.MenuItem",
    "wagtail.admin.panels",
    "wagtail.admin.ui",
    "wagtail.admin.views.generic.base",
    "wagtail.admin.views.reports",
    "wagtail.blocks",
    "wagtail.contrib.sitemaps",
    "wagtail.images.blocks",
    "wagtail.documents.blocks",
    "wagtail.management",
)
CHANGING_HOOKS = ("construct_", "before_", "after_")


def is_own(path: str | Path | None) -> bool:
    """Whether a file belongs to the project and not to an installed library."""
    return bool(path) and ROOT in Path(path).parents and "site-packages" not in Path(path).parts


def own_apps() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if is_own(config.path)]


def library_apps() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if not is_own(config.path)]


def original_template(name: str) -> Path | None:
    """Return the library's template of this name, the one that would be used without ours."""
    paths = (Path(config.path) / "templates" / name for config in library_apps())
    return next((path for path in paths if path.is_file()), None)


def overridden_templates() -> dict[str, str]:
    """Return our template's path → the SHA-256 of the library's."""
    digests = {}
    for config in own_apps():
        for path in sorted(Path(config.path).rglob("templates/**/*")):
            original = original_template(str(path).rpartition("/templates/")[2])
            if path.is_file() and original:
                digest = sha256(original.read_bytes()).hexdigest()
                digests[str(path.relative_to(ROOT))] = digest
    return digests


def overridden_model_methods() -> set[str]:
    """Return `Class.method in app`: the methods of Wagtail's models that our models override."""
    return {
        f"{base.__name__}.{name} in {_app_of(owner)}"
        for model in apps.get_models()
        if (base := _nearest_wagtail_class(model))
        for owner in model.__mro__
        if _is_own_class(owner)
        for name, value in vars(owner).items()
        if name not in DOCUMENTED_METHODS and _is_own_function(value)
        if any(name in vars(other) for other in model.__mro__ if not _is_own_class(other))
    }


def replaced_classes() -> set[str]:
    """Return `Class in app`: Wagtail's classes that we subclass although not made for that."""
    return {
        f"{base.__name__} in {_app_of(value)}"
        for module in own_modules()
        for value in vars(module).values()
        if inspect.isclass(value) and value.__module__ == module.__name__
        if not issubclass(value, models.Model)
        for base in value.__bases__
        if _is_undocumented_base(base)
    }


def patched_attributes() -> set[str]:
    """Return `Class.attribute` where our code assigns to a library's class.

    A module that finds the classes by their names in strings is named itself.
    """
    patched = set()
    for path in own_sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = set(_imported_from_libraries(tree))
        patched |= {f"{name}.{attribute}" for name, attribute in _assigned(tree, imported)}
        if re.search(r"import_string\((path|[\"']wagtail)", path.read_text(encoding="utf-8")):
            patched.add(path.stem)
    return patched


def changing_hooks() -> set[str]:
    """Return `hook in app` where our code changes what Wagtail would show or do."""
    hooks.get_hooks("construct_main_menu")  # Loads the hooks of every app.
    return {
        f"{name} in {function.__module__.partition('.')[0]}"
        for name, functions in hooks._hooks.items()
        if name.startswith(CHANGING_HOOKS)
        for function, _order in functions
        if is_own(inspect.getsourcefile(function))
    }


def overridden_commands() -> set[str]:
    """Return our management commands that have the name of a library's or of Django's."""
    library_paths = [Path(config.path) for config in library_apps()]
    library_paths.append(Path(inspect.getfile(importlib.import_module("django.core"))).parent)
    library_commands = {
        path.stem for root in library_paths for path in root.glob("management/commands/*.py")
    }
    own_commands = {
        path.stem
        for config in own_apps()
        for path in Path(config.path).glob("management/commands/*.py")
    }
    return (own_commands & library_commands) - {"__init__"}


def admin_scripts() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in (ROOT / "static/js/admin").rglob("*.js")}


def own_sources() -> Iterator[Path]:
    """Yield the Python files of the project's apps, without tests and migrations."""
    for config in own_apps():
        for path in sorted(Path(config.path).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def own_modules() -> Iterator:
    """Yield the modules of the project's apps, without tests, migrations and settings."""
    for config in own_apps():
        for module in pkgutil.walk_packages([config.path], f"{config.name}."):
            if not {"tests", "migrations", "settings", "dev"} & set(module.name.split(".")):
                yield importlib.import_module(module.name)


def _nearest_wagtail_class(model: type) -> type | None:
    """Return the first ancestor from Wagtail, unless the model itself belongs to a library."""
    if not _is_own_class(model):
        return None
    ancestors = (base for base in model.__mro__ if base.__module__.startswith("wagtail."))
    return next(ancestors, None)


def _app_of(value: type) -> str:
    return value.__module__.partition(".")[0]


def _is_own_class(value: type) -> bool:
    return _app_of(value) in {config.name for config in own_apps()}


def _is_own_function(value: object) -> bool:
    function = getattr(value, "__func__", getattr(value, "fget", value))
    return inspect.isfunction(function) and is_own(inspect.getsourcefile(function))


def _is_undocumented_base(base: type) -> bool:
    name = f"{base.__module__}.{base.__name__}"
    return base.__module__.startswith("wagtail.") and not name.startswith(DOCUMENTED_BASES)


def _imported_from_libraries(tree: ast.Module) -> Iterator[str]:
    own = {config.name for config in own_apps()}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] not in own:
            yield from (alias.asname or alias.name for alias in node.names)


def _assigned(tree: ast.Module, names: set[str]) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            if (
                isinstance(target, ast.Attribute)
                and isinstance(target.value, ast.Name)
                and target.value.id in names
                and target.value.id[0].isupper()
            ):
                yield target.value.id, target.attr

"""The models of this repository and their relations, drawn from the app registry as Mermaid.

Abstract bases are folded into the models that inherit them. The text depends on the code alone:
neither on the language nor on the database.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models import Field, Model
from django.utils import translation
from django.utils.text import capfirst

HEAD = """\
# Models

The models of each package and what they refer to. `manage.py model_diagram` writes this file; never
edit it by hand. Packages stand in the order of their layers, see
[architecture.md](architecture.md#layers).

A hollow arrow leads to the model that one extends (each has a table of its own), any other arrow
bears the name of its field. Abstract bases are folded into the models that inherit them. A model
whose name another package uses too bears its own. Relations without a field, such as the page that
an entry of the record speaks of, are not drawn.
"""


def document() -> str:
    """Return the text of `docs/models.md`."""
    with translation.override(None, deactivate=True):
        return "\n".join([HEAD, *(section(app) for app in own_apps() if models_of(app))])


def own_apps() -> list[AppConfig]:
    """Return the installed apps whose code lies in this repository."""
    return [app for app in apps.get_app_configs() if _is_own(Path(app.path))]


def _is_own(path: Path) -> bool:
    root = Path(settings.ROOT)
    return path.is_relative_to(root) and "site-packages" not in path.relative_to(root).parts


def models_of(app: AppConfig) -> list[type[Model]]:
    """Return the app's models by name, without the tables that Django creates for relations."""
    return sorted(app.get_models(), key=lambda model: model.__name__)


def section(app: AppConfig) -> str:
    """Return the section of an app: a table of its models and the diagram of their relations."""
    models = models_of(app)
    rows = [f"| `{model.__name__}` | {description(model)} |" for model in models]
    lines = [line for model in models for line in relations(model)]
    return "\n".join(
        [
            f"## `{app.name}`\n",
            "| Model | What it is |",
            "| --- | --- |",
            *rows,
            "\n```mermaid",
            "classDiagram",
            "    direction LR",
            *(f"    class {name_of(model)}" for model in models),
            *(f"    {line}" for line in lines),
            "```\n",
        ]
    )


def description(model: type[Model]) -> str:
    """Return the first line of its docstring; without one its verbose name."""
    docstring = model.__doc__ or ""
    # Where there is none, Django writes a list of the fields.
    if not docstring or docstring.startswith(f"{model.__name__}("):
        return capfirst(str(model._meta.verbose_name))
    return docstring.strip().splitlines()[0].replace("|", "\\|")


def relations(model: type[Model]) -> Iterator[str]:
    """Yield the lines of the diagram that start at `model`: its parents, then fields by name."""
    for parent in _parents(model):
        yield f"{name_of(parent)} <|-- {name_of(model)}"
    fields: list[Any] = [*model._meta.local_fields, *model._meta.local_many_to_many]
    for field in sorted(fields, key=lambda field: field.name):
        if field.related_model and not getattr(field.remote_field, "parent_link", False):
            target = name_of(field.related_model)
            yield f"{name_of(model)} {_multiplicity(field)} {target} : {field.name}"


def _parents(model: type[Model]) -> list[type[Model]]:
    """Return the concrete models that it directly extends."""
    options: Any = model._meta
    if options.proxy:
        return [options.concrete_model]
    links = [field for field in options.local_fields if field in options.parents.values()]
    return [field.related_model for field in links]


def _multiplicity(field: Field) -> str:
    """Return the arrow with the number of rows at either end."""
    if field.many_to_many:
        return '"*" --> "*"'
    return f'"{"1" if field.one_to_one else "*"}" --> "{"0..1" if field.null else "1"}"'


def name_of(model: type[Model]) -> str:
    """Return the model's name; with its app where two models share it."""
    same = Counter(other.__name__ for other in apps.get_models())[model.__name__]
    return model.__name__ if same == 1 else f"{model._meta.app_label}_{model.__name__}"

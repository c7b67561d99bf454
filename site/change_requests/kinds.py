"""The kinds of change that two people make, registered by the app that carries them out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise

from roles.models import Level

Payload = dict[str, Any]


class ChangeRow(NamedTuple):
    """One row of the comparison that the second person reads."""

    label: str | Promise
    before: object
    after: object


def no_errors(payload: Payload) -> list[str]:
    """Return nothing: such a change can always be carried out."""
    return []


def no_rows(payload: Payload) -> list[ChangeRow]:
    """Return nothing: such a change has no comparison."""
    return []


@dataclass(frozen=True)
class ChangeKind:
    """What a kind of change is called, who may confirm it, and what it does.

    `apply(payload)` carries it out, `errors(payload)` says why it cannot be carried out as things
    stand now, `rows(payload)` compares the state before and after. `levels`: whose reviewers in
    the district may confirm it.
    """

    name: str
    label: str | Promise
    apply: Callable[[Payload], None]
    errors: Callable[[Payload], list[str]] = no_errors
    rows: Callable[[Payload], list[ChangeRow]] = no_rows
    levels: tuple[str, ...] = (Level.FINAL,)


_registry: dict[str, ChangeKind] = {}


def register(kind: ChangeKind) -> ChangeKind:
    """Add a kind of change to the registry; called once, from `AppConfig.ready`."""
    _registry[kind.name] = kind
    return kind


def get_kind(name: str) -> ChangeKind:
    """Return the kind of change registered under `name`. Raise KeyError if there is none."""
    return _registry[name]


def label_of(name: str) -> str:
    """Return the label of a kind, or its bare name once its app is no longer installed."""
    return str(_registry[name].label) if name in _registry else name


def comparison_rows(name: str, payload: Payload) -> list[ChangeRow]:
    """Return the comparison of a change of this kind; empty once its app is not installed."""
    return _registry[name].rows(payload) if name in _registry else []


def kinds_confirmed_at(level: str) -> list[str]:
    """Return the names of the kinds that the reviewers of `level` may confirm."""
    return [kind.name for kind in _registry.values() if level in kind.levels]

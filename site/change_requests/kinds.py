"""The kinds of change that two people make, registered by the app that carries them out."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise

from accounts.models import User
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


class NextStep(NamedTuple):
    """What somebody does once a change was made: the text of a link, and its address."""

    label: str
    url: str


def no_next_step(change_request: Any, user: User) -> NextStep | None:
    """Return None: there is nothing more to do."""
    return None


def no_subject(payload: Payload) -> int | None:
    """Return None: such a change is about no account."""
    return None


def nothing_more(change_request: Any) -> list[str]:
    """Do nothing: nothing follows such a change, and there is nothing to say."""
    return []


def no_rows(payload: Payload) -> list[ChangeRow]:
    """Return nothing: such a change has no comparison."""
    return []


@dataclass(frozen=True)
class ChangeKind:
    """What a kind of change is called, who may confirm it, and what it does.

    `apply(payload)` carries it out, `errors(payload)` says why it cannot be carried out as things
    stand now, `rows(payload)` compares the state before and after. Who may confirm it, besides
    whoever requested it and whom it is about: the reviewers of `levels` in the district, and the
    administrators if `by_administrators`. `subject_id(payload)`: the account that it is about.
    `confirmed(change_request)` does what else follows, in the same transaction, and returns what
    the confirmer has to know of it;
    `next_step(change_request, user)` leads those who made the change to what they do then.
    """

    name: str
    label: str | Promise
    apply: Callable[[Payload], None]
    errors: Callable[[Payload], list[str]] = no_errors
    rows: Callable[[Payload], list[ChangeRow]] = no_rows
    levels: tuple[str, ...] = (Level.FINAL,)
    by_administrators: bool = False
    subject_id: Callable[[Payload], int | None] = no_subject
    confirmed: Callable[[Any], list[str]] = nothing_more
    next_step: Callable[[Any, User], NextStep | None] = no_next_step


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


def comparison_digest(rows: list[ChangeRow]) -> str:
    """Return the SHA-256 (hex) of a comparison, to be sent back by whoever has read it."""
    text = json.dumps([[str(cell) for cell in row] for row in rows], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def kinds_confirmed_at(level: str) -> list[str]:
    """Return the names of the kinds that the reviewers of `level` may confirm."""
    return [kind.name for kind in _registry.values() if level in kind.levels]


def kinds_confirmed_by_administrators() -> list[str]:
    """Return the names of the kinds that another administrator may confirm."""
    return [kind.name for kind in _registry.values() if kind.by_administrators]

"""Revisions that refer to what has been deleted since: they open without it.

modelcluster raises for a foreign key with `on_delete=PROTECT` whose target is missing, on every
screen that loads the revision, so that nobody could repair it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import ForeignKey, Model
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

# The actions for which modelcluster raises.
PROTECTING_ACTIONS = (models.PROTECT, models.RESTRICT)

# The model and the field that a foreign key refers to.
Target = tuple[type[Model], str]
Data = dict[str, Any]


def without_deleted_references(model: type[Model], data: Data) -> Data:
    """Return `data` (a page of `model` as revisions keep it) without keys that have no target.

    Such a key becomes None; a child row that requires it is dropped.
    """
    referenced: dict[Target, set] = defaultdict(set)
    for field, key in _all_keys(model, data):
        referenced[_target_of(field)].add(key)
    missing = {target: keys - _existing_keys(target, keys) for target, keys in referenced.items()}
    return _repaired(model, data, missing) if any(missing.values()) else data


def _target_of(field: ForeignKey) -> Target:
    return field.remote_field.model, str(field.remote_field.field_name)


def _existing_keys(target: Target, keys: set) -> set:
    model, name = target
    rows = model._default_manager.filter(**{f"{name}__in": keys})
    return set(rows.values_list(name, flat=True))


def _keys(model: type[Model], data: Data) -> Iterator[tuple[ForeignKey, Any]]:
    """Yield (field, key) of the foreign keys of one row for which modelcluster may raise."""
    for field in model._meta.concrete_fields:
        # Wagtail's own keys (the language) are taken from the page's row, not from its revision.
        if not isinstance(field, ForeignKey) or field.model is Page:
            continue
        if data.get(field.name) is not None and field.remote_field.on_delete in PROTECTING_ACTIONS:
            yield field, field.target_field.to_python(data[field.name])


def _children(model: type[Model], data: Data) -> Iterator[tuple[str, type[Model], list[Data]]]:
    """Yield (name, model, rows) of the child rows in `data`."""
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            yield name, relation.related_model, data[name]


def _all_keys(model: type[Model], data: Data) -> Iterator[tuple[ForeignKey, Any]]:
    yield from _keys(model, data)
    for _name, child, rows in _children(model, data):
        for row in rows:
            yield from _all_keys(child, row)


def _broken_fields(model: type[Model], data: Data, missing: dict[Target, set]) -> list[ForeignKey]:
    return [field for field, key in _keys(model, data) if key in missing[_target_of(field)]]


def _repaired(model: type[Model], data: Data, missing: dict[Target, set]) -> Data:
    changes: Data = {field.name: None for field in _broken_fields(model, data, missing)}
    for name, child, rows in _children(model, data):
        changes[name] = [
            _repaired(child, row, missing)
            for row in rows
            if all(field.null for field in _broken_fields(child, row, missing))
        ]
    return data | changes

"""A stored text may name what has been deleted since: it opens without it.

modelcluster raises for keys with `on_delete=PROTECT` whose target is gone, on every screen that
loads the text; nobody could mend it any more.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

# What modelcluster does not tell apart from a mistake.
STUMBLES_OVER = (models.PROTECT, models.RESTRICT)


def without_deleted_references(model, data: dict) -> dict:
    """`data` (a page of `model` as revisions keep it) without keys whose target is gone.

    Such a key becomes empty; a child row that cannot do without it is dropped.
    """
    named = defaultdict(set)
    for field, key in _all_keys(model, data):
        named[_target(field)].add(key)
    gone = {target: keys - _existing(target, keys) for target, keys in named.items()}
    return _cleaned(model, data, gone) if any(gone.values()) else data


def _target(field) -> tuple[type, str]:
    return field.remote_field.model, field.remote_field.field_name


def _existing(target, keys) -> set:
    model, name = target
    found = model._default_manager.filter(**{f"{name}__in": keys})
    return set(found.values_list(name, flat=True))


def _keys(model, data) -> Iterator[tuple]:
    """(field, key) of the foreign keys of one row that modelcluster would stumble over."""
    for field in model._meta.concrete_fields:
        # Wagtail's own keys (the language) are taken from the page's row, not from its text.
        if not field.remote_field or field.model is Page or data.get(field.name) is None:
            continue
        if field.remote_field.on_delete in STUMBLES_OVER:
            yield field, field.target_field.to_python(data[field.name])


def _children(model, data) -> Iterator[tuple]:
    """(name, model, rows) of the child rows in `data`."""
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            yield name, relation.related_model, data[name]


def _all_keys(model, data) -> Iterator[tuple]:
    yield from _keys(model, data)
    for _name, child, rows in _children(model, data):
        for row in rows:
            yield from _all_keys(child, row)


def _lost(model, data, gone) -> list:
    return [field for field, key in _keys(model, data) if key in gone[_target(field)]]


def _cleaned(model, data, gone) -> dict:
    changes = {field.name: None for field in _lost(model, data, gone)}
    for name, child, rows in _children(model, data):
        changes[name] = [
            _cleaned(child, row, gone)
            for row in rows
            if all(field.null for field in _lost(child, row, gone))
        ]
    return data | changes

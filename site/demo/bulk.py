"""Loading many pages: what follows each save is done once for each row, when all are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.dummy import DummyBackend
from modelcluster.fields import ParentalKey
from wagtail.tasks import update_reference_index_task


@contextmanager
def in_bulk() -> Iterator[None]:
    """One transaction, in which every row is indexed once, at its end.

    A page is saved several times until it is public, and each of its parts with it. Wagtail
    enqueues a task after each save, for the index of references and for the search; only the last
    state counts.
    """
    with transaction.atomic():
        usual = task_backends[DEFAULT_TASK_BACKEND_ALIAS]
        waiting = DummyBackend(DEFAULT_TASK_BACKEND_ALIAS, {})
        task_backends[DEFAULT_TASK_BACKEND_ALIAS] = waiting
        try:
            yield
        finally:
            task_backends[DEFAULT_TASK_BACKEND_ALIAS] = usual
        for task, *args in dict.fromkeys((one.task, *one.args) for one in waiting.results):
            if not (task == update_reference_index_task and _is_part(*args)):
                task.enqueue(*args)


def _is_part(app: str, model: str, _key: str) -> bool:
    """Whether such rows are indexed with the page they are part of."""
    fields = apps.get_model(app, model)._meta.get_fields()
    return any(isinstance(field, ParentalKey) for field in fields)

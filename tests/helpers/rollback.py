"""Undo what a test does, without ending the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back() -> Iterator[None]:
    """Run the block in a transaction (inside another: a savepoint) that is never committed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

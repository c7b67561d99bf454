"""The search backend of the database in use."""

from importlib import import_module
from typing import Any

from django.db import connection

BACKEND_MODULES = {"sqlite": "search.sqlite", "postgresql": "search.postgres"}


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the backend for the default database, as Wagtail's `backends.database` chooses it."""
    return import_module(BACKEND_MODULES[connection.vendor]).SearchBackend(params)

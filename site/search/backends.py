"""The search backend of the database in use."""

from importlib import import_module

from django.db import connection

MODULES = {"sqlite": "search.sqlite", "postgresql": "search.postgres"}


def SearchBackend(params):
    """The backend for the default database, as Wagtail's `backends.database` chooses it."""
    return import_module(MODULES[connection.vendor]).SearchBackend(params)

"""Fixtures shared by every app: a small district with two schools and one person per role."""

import gc
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import clear_url_caches
from django.utils import translation

from tests.helpers import migrated_database
from tests.helpers.district import find_district, make_district
from tests.helpers.publish_attempts import waiting_page
from tests.helpers.rollback import rolled_back


def pytest_collection_finish():
    """Let the garbage collector pass over what lives to the end: a twentieth of all tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin a test database in memory as a copy of the migrated one."""
    if connection.vendor != "sqlite":
        yield
        return
    with migrated_database.copy_to_memory(connection.creation._get_test_db_name()):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Make the district in the test database once; every test changes a copy of it."""
    with django_db_blocker.unblock():
        make_district()


@pytest.fixture(autouse=True)
def empty_cache():
    """Forget what a test has cached (the site's root, say), as its rows are rolled back."""
    yield
    cache.clear()


@pytest.fixture
def district(db):
    """The framework as `manage.py bootstrap` makes it; a `tests.helpers.district.District`."""
    return find_district()


@pytest.fixture(scope="module")
def module_transaction(django_db_setup, django_db_blocker) -> Iterator[None]:
    """For fixtures of a whole module: what they write is rolled back after its last test.

    Each test has a savepoint of its own within, and changes a copy of what they return.
    """
    with django_db_blocker.unblock(), rolled_back():
        yield


@pytest.fixture
def school(district):
    """The first of two schools (`district.schools`)."""
    return district.schools[0]


@pytest.fixture
def home(district):
    """The Chinese home page."""
    return district.home


@pytest.fixture
def english(settings) -> Iterator[None]:
    """For texts that are compared in English; other tests are about their Chinese."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
    # URLs that were made meanwhile have prefixes that no other test expects.
    clear_url_caches()


@pytest.fixture
def non_raising_client(client):
    """Answers 500 instead of raising: an attempt that crashes must not have changed anything."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def waiting(district):
    """A brand page of the first school, waiting for its first review."""
    return waiting_page(district)

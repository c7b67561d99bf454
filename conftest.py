"""Fixtures shared by every app: a small district with two schools and one person per role."""

import pytest

from tests import district as world


@pytest.fixture
def district(db):
    """The framework as `manage.py bootstrap` makes it; a `tests.district.District`."""
    return world.make_district()


@pytest.fixture
def school(district):
    """The first of two schools (`district.schools`)."""
    return district.schools[0]


@pytest.fixture
def home(district):
    """The Chinese home page."""
    return district.home

"""Fixtures of the tests of core."""

import pytest

from core.tests.page_reader import SITE_INFO, update_home


@pytest.fixture
def informed_home(home):
    """The Chinese home page with all the details that the law asks for."""
    return update_home(home, **SITE_INFO)

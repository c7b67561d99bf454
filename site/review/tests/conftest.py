"""Fixtures of the tests of review."""

import pytest

from tests.helpers.publish_attempts import waiting_page


@pytest.fixture
def waiting(district):
    """A brand page of the first school, waiting for its first review."""
    return waiting_page(district)

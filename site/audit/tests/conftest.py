"""What the tests of the record share."""

import copy

import pytest

from audit.tests.helpers import OTHER_TITLE
from tests.helpers.district import brand_draft, find_district, fresh, submit
from tests.helpers.publish_attempts import public_page


@pytest.fixture(scope="module")
def reviewed_of_module(module_transaction):
    """Made once for all tests of a module: the decisions take half a second."""
    district = find_district()
    page = public_page(district)
    other = brand_draft(district.schools[1], district.editor2, title=OTHER_TITLE)
    submit(other, district.editor2)
    return page, fresh(other)


@pytest.fixture
def reviewed(reviewed_of_module, district):
    """A public brand page of the first school, and one of the second that waits."""
    return copy.deepcopy(reviewed_of_module)

"""What the tests of the record share."""

import pytest

from audit.tests.helpers import OTHER_TITLE
from tests.helpers.district import brand_draft, fresh, submit
from tests.helpers.publish_attempts import public_page


@pytest.fixture
def reviewed(district):
    """A public brand page of the first school, and one of the second that waits."""
    page = public_page(district)
    other = brand_draft(district.schools[1], district.editor2, title=OTHER_TITLE)
    submit(other, district.editor2)
    return page, fresh(other)

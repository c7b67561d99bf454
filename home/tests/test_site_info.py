"""Site information of the home page: the formats of its fields."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.tests.page_reader import SITE_INFO

pytestmark = pytest.mark.django_db


def invalid_fields(home, **values) -> set[str]:
    """Return the fields with which this home page could not be submitted."""
    for name, value in values.items():
        setattr(home, name, value)
    try:
        home.full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site_code", "370811004"),
        ("site_code", "37081100421"),
        ("site_code", "３７０８１１００４２"),
        ("icp_number", "ICP备20210042号"),
        ("icp_number", "鲁ICP备2021号-1"),
        ("police_number", "鲁公网安备 3708110200012号"),
        ("police_number", "37081102000123"),
        ("email", "dangjian"),
    ],
)
def test_an_invalid_number_is_refused(home, name, text):
    assert invalid_fields(home, **{name: text}) == {name}


@pytest.mark.parametrize("number", ["鲁ICP备20210042号", "鲁ICP备2021004200号-12"])
def test_numbers_as_they_are_issued_are_right(home, number):
    assert invalid_fields(home, **(SITE_INFO | {"icp_number": number})) == set()


def test_a_draft_may_hold_half_a_number(home):
    home.saved_as_draft = True
    assert invalid_fields(home, site_code="3708") == set()


@pytest.mark.parametrize(
    ("start", "end", "invalid"),
    [(1, None, "grey_until"), (None, 1, "grey_from"), (2, 1, "grey_until"), (1, 1, "grey_until")],
)
def test_a_greyscale_period_has_a_beginning_and_a_later_end(home, start, end, invalid):
    now = timezone.now()
    days = {
        name: now + timedelta(days=day) if day else None
        for name, day in (("grey_from", start), ("grey_until", end))
    }
    assert invalid_fields(home, **days) == {invalid}

"""Site information of the home page: its formats, and what production refuses."""

from datetime import timedelta

import pytest
from django.core.checks import ERROR, WARNING
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone

from core.publishing.contexts import confirmed_change
from core.tests.test_page_head import INFO
from demo import content, sources
from district import checks
from home.models import HomePage

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
    assert invalid_fields(home, **(INFO | {"icp_number": number})) == set()


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


def check_levels(settings, home, **values) -> dict[str, int]:
    """Return the id of each message that production gives → its level."""
    settings.PRODUCTION = True
    with confirmed_change():
        HomePage.objects.filter(pk=home.pk).update(**(INFO | values))
    return {message.id: message.level for message in checks.check_footer(None)}


def test_a_complete_footer_passes(settings, home):
    assert check_levels(settings, home).keys() <= {"district.W007"}


@pytest.mark.parametrize(("names", "number"), checks.FOOTER_FIELDS.items())
def test_each_missing_field_gives_a_warning(settings, home, names, number):
    levels = check_levels(settings, home, **dict.fromkeys(names, ""))
    assert levels[f"district.{number}"] == WARNING
    assert "district.E002" not in levels


@pytest.mark.parametrize("name", sorted(set(content.SITE_INFO) - {"mark_kind"}))
def test_every_value_of_the_demo_is_refused(settings, home, name):
    demo = sources.read("rencheng", "district")["home"]
    assert check_levels(settings, home, **{name: demo[name]})["district.E002"] == ERROR


@pytest.mark.parametrize(
    ("name", "text"),
    [("address", "待填"), ("icp_number", "鲁ICP备12345678号-1"), ("undertaker", "示例科室")],
)
def test_a_placeholder_is_refused(settings, home, name, text):
    assert check_levels(settings, home, **{name: text})["district.E002"] == ERROR


def test_outside_production_nothing_is_checked(settings, home):
    assert settings.PRODUCTION is False
    assert checks.check_footer(None) == []


def test_before_the_first_migration_it_is_silent(settings, monkeypatch):
    def no_table():
        raise OperationalError("no such table")

    settings.PRODUCTION = True
    monkeypatch.setattr(checks, "_home_pages", no_table)
    assert checks.check_footer(None) == []


def test_a_fresh_district_has_no_site_information(home):
    assert not [name for name in content.SITE_INFO if getattr(home, name)]

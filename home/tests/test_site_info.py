"""What a home page says of the site: how it must be written, and what production refuses."""

from datetime import timedelta

import pytest
from django.core.checks import ERROR, WARNING
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone

from core.publishing.contexts import confirmed_change
from core.tests.page_reader import SITE_INFO
from district import checks
from district.demo import content, sources
from home.models import HomePage

pytestmark = pytest.mark.django_db


def refused(home, **words) -> set[str]:
    """The fields with which this home page could not be submitted."""
    for name, value in words.items():
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
def test_a_number_that_cannot_be_one_is_named(home, name, text):
    assert refused(home, **{name: text}) == {name}


@pytest.mark.parametrize("number", ["鲁ICP备20210042号", "鲁ICP备2021004200号-12"])
def test_numbers_as_they_are_issued_are_right(home, number):
    assert refused(home, **(SITE_INFO | {"icp_number": number})) == set()


def test_a_draft_may_hold_half_a_number(home):
    home.saved_as_draft = True
    assert refused(home, site_code="3708") == set()


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [(1, None, "grey_until"), (None, 1, "grey_from"), (2, 1, "grey_until"), (1, 1, "grey_until")],
)
def test_grey_days_have_a_beginning_and_a_later_end(home, start, end, wrong):
    now = timezone.now()
    days = {
        name: now + timedelta(days=day) if day else None
        for name, day in (("grey_from", start), ("grey_until", end))
    }
    assert refused(home, **days) == {wrong}


def found(settings, home, **words) -> dict[str, int]:
    """Number of each thing that production finds wrong → how grave it is."""
    settings.PRODUCTION = True
    with confirmed_change():
        HomePage.objects.filter(pk=home.pk).update(**(SITE_INFO | words))
    return {message.id: message.level for message in checks.the_footer_is_complete(None)}


def test_a_complete_footer_passes(settings, home):
    assert found(settings, home).keys() <= {"district.W007"}


@pytest.mark.parametrize(("names", "number"), checks.FURNITURE.items())
def test_each_thing_that_is_missing_is_told(settings, home, names, number):
    wrong = found(settings, home, **dict.fromkeys(names, ""))
    assert wrong[f"district.{number}"] == WARNING
    assert "district.E002" not in wrong


@pytest.mark.parametrize("name", sorted(set(content.SITE_INFO) - {"mark_kind"}))
def test_every_value_of_the_demo_is_refused(settings, home, name):
    demo = sources.read("rencheng", "district")["home"]
    assert found(settings, home, **{name: demo[name]})["district.E002"] == ERROR


@pytest.mark.parametrize(
    ("name", "text"),
    [("address", "待填"), ("icp_number", "鲁ICP备12345678号-1"), ("undertaker", "示例科室")],
)
def test_what_only_holds_a_place_is_refused(settings, home, name, text):
    assert found(settings, home, **{name: text})["district.E002"] == ERROR


def test_elsewhere_nobody_asks(settings, home):
    assert settings.PRODUCTION is False
    assert checks.the_footer_is_complete(None) == []


def test_before_the_first_migration_it_is_silent(settings, monkeypatch):
    def no_table():
        raise OperationalError("no such table")

    settings.PRODUCTION = True
    monkeypatch.setattr(checks, "_homes", no_table)
    assert checks.the_footer_is_complete(None) == []


def test_a_fresh_district_says_nothing_it_does_not_know(home):
    assert not [name for name in content.SITE_INFO if getattr(home, name)]

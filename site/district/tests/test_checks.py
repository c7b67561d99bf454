"""System checks: what production refuses in the footer, and what it warns of."""

import pytest
from django.core.checks import ERROR, WARNING
from django.db import OperationalError

from core.publishing.contexts import confirmed_change
from core.tests.page_reader import SITE_INFO
from district import checks
from home.models import HomePage

pytestmark = pytest.mark.django_db


def check_levels(settings, home, **values) -> dict[str, int]:
    """Return the id of each message that production gives → its level."""
    settings.PRODUCTION = True
    with confirmed_change():
        HomePage.objects.filter(pk=home.pk).update(**(SITE_INFO | values))
    return {message.id: message.level for message in checks.check_footer(None)}


def test_a_complete_footer_passes(settings, home):
    assert check_levels(settings, home).keys() <= {"district.W007"}


@pytest.mark.parametrize(("names", "number"), checks.FOOTER_FIELDS.items())
def test_each_missing_field_gives_a_warning(settings, home, names, number):
    levels = check_levels(settings, home, **dict.fromkeys(names, ""))
    assert levels[f"district.{number}"] == WARNING
    assert "district.E002" not in levels


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

"""What is read as a key, and what is refused before a database reads it."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import PositiveSmallIntegerField
from django.urls import reverse
from django.utils import timezone

from core.days import end_of_day
from core.keys import parse_key


@pytest.mark.parametrize(("text", "key"), [("7", 7), (7, 7), ("9" * 18, int("9" * 18))])
def test_a_key_is_read(text, key):
    assert parse_key(text) == key


@pytest.mark.parametrize(
    "text",
    ["", "0", "07", "+7", "-7", " 7", "7 ", "7\n", "1_7", "7.0", "²", "７", "9" * 19, "x", None],
    ids=repr,
)
def test_what_a_database_would_read_as_another_text_is_no_key(text):
    assert parse_key(text) == 0


@pytest.mark.parametrize("address", ["/%00/", "/report/thanks/%00/", "/admin/%00/", "/search/%00"])
def test_an_address_with_a_null_character_is_answered_without_a_query(client, address, settings):
    settings.DATABASES = {}
    assert client.get(address).status_code == 400


def test_a_search_for_a_null_character_is_answered_by_the_form(client, district):
    assert client.get("/search/", {"q": "\x00"}).status_code == 200


@pytest.mark.parametrize("name", ["wagtailadmin_pages:edit", "wagtailimages:edit"])
@pytest.mark.parametrize("person", ["editor1", "admin"])
def test_a_number_that_no_database_stores_is_not_found(client, district, name, person):
    client.force_login(getattr(district, person))
    assert client.get(reverse(name, args=[10**20])).status_code == 404


def test_a_number_that_only_sqlite_would_store_is_refused():
    field = PositiveSmallIntegerField()
    field.run_validators(32767)
    with pytest.raises(ValidationError):
        field.run_validators(32768)


def test_the_last_day_there_is_has_an_end():
    assert timezone.make_naive(end_of_day(date.max)) == datetime.max
    assert timezone.make_naive(end_of_day(date(2026, 12, 31))) == datetime(2027, 1, 1)

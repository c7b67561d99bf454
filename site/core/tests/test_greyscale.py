"""Greyscale in mourning, between two reviewed moments: the whole site or the home page alone."""

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2027, 12, 13, 0, 0, tzinfo=UTC)


@pytest.fixture
def set_greyscale(home):
    """`set_greyscale(scope)`: set the dates of the home page as a reviewed version would."""

    def update_home_page(scope: str = "site", days: int = 1):
        type(home).objects.filter(pk=home.pk).update(
            grey_from=START, grey_until=START + timedelta(days=days), grey_scope=scope
        )

    return update_home_page


def is_grey(client, path: str) -> bool:
    return "data-grey" in client.get(path).content.decode().split("<head>")[0]


def test_without_dates_nothing_is_grey(client, home):
    assert not is_grey(client, "/")


@pytest.mark.parametrize(
    ("moment", "grey"),
    [
        (START - timedelta(seconds=1), False),
        (START, True),
        (START + timedelta(days=1, seconds=-1), True),
        (START + timedelta(days=1), False),
    ],
)
def test_greyscale_begins_and_ends_at_its_time(client, set_greyscale, time_machine, moment, grey):
    set_greyscale()
    time_machine.move_to(moment, tick=False)
    assert is_grey(client, "/") is grey
    assert is_grey(client, "/schools/") is grey


def test_the_home_page_alone_can_be_grey(client, set_greyscale, time_machine):
    set_greyscale("home")
    time_machine.move_to(START, tick=False)
    assert is_grey(client, "/")
    assert not is_grey(client, "/schools/")
    assert not is_grey(client, "/no-such-page/")


def test_every_display_mode_is_grey(client, set_greyscale, time_machine):
    set_greyscale()
    time_machine.move_to(START, tick=False)
    assert is_grey(client, "/?mode=contrast")
    assert is_grey(client, "/no-such-page/")


def test_a_cached_page_in_colour_is_not_reused(client, set_greyscale, time_machine):
    set_greyscale()
    time_machine.move_to(START - timedelta(seconds=1), tick=False)
    tag = client.get("/schools/")["ETag"]
    time_machine.move_to(START, tick=False)
    assert client.get("/schools/", headers={"if-none-match": tag}).status_code == 200

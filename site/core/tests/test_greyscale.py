"""Grey in mourning: from and until a moment that passed review, the whole site or the home page."""

from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2027, 12, 13, 0, 0, tzinfo=UTC)


@pytest.fixture
def mourn(home):
    """`mourn(scope)`: the home page's dates as a decided version has left them."""

    def set_days(scope: str = "site", days: int = 1):
        type(home).objects.filter(pk=home.pk).update(
            grey_from=START, grey_until=START + timedelta(days=days), grey_scope=scope
        )

    return set_days


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
def test_it_begins_and_ends_at_its_time(client, mourn, time_machine, moment, grey):
    mourn()
    time_machine.move_to(moment, tick=False)
    assert is_grey(client, "/") is grey
    assert is_grey(client, "/schools/") is grey


def test_the_home_page_alone(client, mourn, time_machine):
    mourn("home")
    time_machine.move_to(START, tick=False)
    assert is_grey(client, "/")
    assert not is_grey(client, "/schools/")
    assert not is_grey(client, "/no-such-page/")


def test_every_way_of_reading_mourns(client, mourn, time_machine):
    mourn()
    time_machine.move_to(START, tick=False)
    assert is_grey(client, "/?mode=contrast")
    assert is_grey(client, "/no-such-page/")


def test_a_page_asked_for_again_is_not_kept_in_colour(client, mourn, time_machine):
    mourn()
    time_machine.move_to(START - timedelta(seconds=1), tick=False)
    tag = client.get("/schools/")["ETag"]
    time_machine.move_to(START, tick=False)
    assert client.get("/schools/", headers={"if-none-match": tag}).status_code == 200

"""How somebody reads: kept for a year, sent by an address, never handed to the next reader."""

import pytest

from core.display.preferences import COOKIE, ONE_YEAR


def mode_of(response) -> str:
    """The mode the page is written for."""
    return response.content.decode().split('data-mode="', 1)[1].split('"', 1)[0]


@pytest.fixture
def elder(client):
    client.cookies[COOKIE] = "large.24"
    return client


@pytest.mark.parametrize(
    "value", ["", "huge", "large'><script>", "LARGE", "large\x00", "大字", "normal,large"]
)
def test_an_unknown_mode_is_no_choice(client, home, value):
    response = client.get("/", {"mode": value})
    assert response.status_code == 200
    assert mode_of(response) == "normal"
    assert COOKIE not in response.cookies
    assert "<script>" not in response.content.decode().split("</head>")[0].split("<html")[1][:80]


@pytest.mark.parametrize("value", ["huge.20", "large.999", ".", "....", "large.24.24", "x" * 5000])
def test_a_cookie_that_says_nonsense_is_ignored(client, home, value):
    client.cookies[COOKIE] = value
    response = client.get("/")
    assert response.status_code == 200
    assert mode_of(response) == "normal"


def test_who_chooses_nothing_gets_no_cookie(client, home):
    assert not client.get("/").cookies


def test_a_choice_is_kept_for_a_year(client, home):
    cookie = client.get("/?mode=large").cookies[COOKIE]
    assert cookie["max-age"] == ONE_YEAR
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert mode_of(client.get("/schools/")) == "large"


def test_back_to_the_standard_is_a_choice_too(elder, home):
    assert mode_of(elder.get("/?mode=normal")) == "normal"
    assert mode_of(elder.get("/")) == "normal"


def test_the_size_is_chosen_without_losing_the_mode(elder, home):
    response = elder.get("/?size=28")
    assert 'data-mode="large" data-size="28"' in response.content.decode()
    assert 'data-size="28"' in elder.get("/").content.decode()


def test_an_unknown_size_leaves_what_was_chosen(elder, home):
    assert 'data-size="24"' in elder.get("/?size=99").content.decode()


def test_the_standard_has_no_sizes(client, home):
    assert "size=28" not in client.get("/").content.decode()
    assert "size=28" in client.get("/?mode=contrast").content.decode()


def test_the_links_keep_filters_and_page(client, home):
    text = client.get("/schools/?q=%E5%AE%9E%E9%AA%8C&mode=large").content.decode()
    assert 'href="/schools/?q=%E5%AE%9E%E9%AA%8C&amp;mode=contrast"' in text


def test_the_switch_is_the_first_thing_a_key_reaches(client, home):
    body = client.get("/").content.decode().split("<body", 1)[1]
    first_link = body.split("<a ", 1)[1].split(">", 1)[0]
    assert "mode=" in first_link


def test_where_nothing_is_found_the_mode_stays(elder, home):
    response = elder.get("/no-such-page/")
    assert response.status_code == 404
    assert mode_of(response) == "large"


def test_the_admin_keeps_no_choice(client, home):
    assert COOKIE not in client.get("/admin/login/?mode=large").cookies


class TestCaches:
    def test_no_shared_cache_may_keep_a_page(self, client, home):
        assert client.get("/")["Cache-Control"] == "private, no-cache"

    def test_the_same_reader_is_told_that_nothing_changed(self, client, home):
        tag = client.get("/schools/")["ETag"]
        assert client.get("/schools/", headers={"if-none-match": tag}).status_code == 304

    @pytest.mark.parametrize("other", ["/schools/?mode=large", "/schools/?mode=contrast"])
    def test_another_mode_is_another_page(self, client, home, other):
        tag = client.get("/schools/")["ETag"]
        response = client.get(other, headers={"if-none-match": tag})
        assert response.status_code == 200
        kept = client.get("/schools/", headers={"if-none-match": tag})
        assert (kept.status_code, kept["ETag"] == tag) == (200, False)

    def test_another_language_is_another_page(self, client, home):
        tags = {client.get(path)["ETag"] for path in ("/no-such/", "/en/no-such/")}
        assert len(tags) == 2

"""Display preferences: stored for a year, set by an address, private for caches."""

import pytest

from core.display.preferences import COOKIE, ONE_YEAR


def mode_of(response) -> str:
    """The mode the page is written for."""
    return response.content.decode().split('data-mode="', 1)[1].split('"', 1)[0]


@pytest.fixture
def large_type_client(client):
    client.cookies[COOKIE] = "large.24"
    return client


@pytest.mark.parametrize(
    "value", ["", "huge", "large'><script>", "LARGE", "large\x00", "大字", "normal,large"]
)
def test_an_unknown_mode_sets_no_preference(client, home, value):
    response = client.get("/", {"mode": value})
    assert response.status_code == 200
    assert mode_of(response) == "normal"
    assert COOKIE not in response.cookies
    assert "<script>" not in response.content.decode().split("</head>")[0].split("<html")[1][:80]


@pytest.mark.parametrize("value", ["huge.20", "large.999", ".", "....", "large.24.24", "x" * 5000])
def test_an_invalid_cookie_is_ignored(client, home, value):
    client.cookies[COOKIE] = value
    response = client.get("/")
    assert response.status_code == 200
    assert mode_of(response) == "normal"


def test_a_reader_who_chooses_nothing_gets_no_cookie(client, home):
    assert not client.get("/").cookies


def test_preferences_are_stored_for_a_year(client, home):
    cookie = client.get("/?mode=large").cookies[COOKIE]
    assert cookie["max-age"] == ONE_YEAR
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert mode_of(client.get("/schools/")) == "large"


def test_the_standard_mode_can_be_chosen_again(large_type_client, home):
    assert mode_of(large_type_client.get("/?mode=normal")) == "normal"
    assert mode_of(large_type_client.get("/")) == "normal"


def test_choosing_a_size_keeps_the_mode(large_type_client, home):
    response = large_type_client.get("/?size=28")
    assert 'data-mode="large" data-size="28"' in response.content.decode()
    assert 'data-size="28"' in large_type_client.get("/").content.decode()


def test_an_unknown_size_keeps_the_chosen_one(large_type_client, home):
    assert 'data-size="24"' in large_type_client.get("/?size=99").content.decode()


def test_the_standard_mode_has_no_sizes(client, home):
    assert "size=28" not in client.get("/").content.decode()
    assert "size=28" in client.get("/?mode=contrast").content.decode()


def test_the_links_keep_filters_and_page_number(client, home):
    text = client.get("/schools/?q=%E5%AE%9E%E9%AA%8C&mode=large").content.decode()
    assert 'href="/schools/?q=%E5%AE%9E%E9%AA%8C&amp;mode=contrast"' in text


def test_the_display_switch_is_the_first_link_for_the_keyboard(client, home):
    body = client.get("/").content.decode().split("<body", 1)[1]
    first_link = body.split("<a ", 1)[1].split(">", 1)[0]
    assert "mode=" in first_link


def test_a_page_not_found_keeps_the_mode(large_type_client, home):
    response = large_type_client.get("/no-such-page/")
    assert response.status_code == 404
    assert mode_of(response) == "large"


def test_the_admin_stores_no_preferences(client, home):
    assert COOKIE not in client.get("/admin/login/?mode=large").cookies


class TestCaches:
    def test_pages_are_private_for_caches(self, client, home):
        assert client.get("/")["Cache-Control"] == "private, no-cache"

    def test_an_unchanged_page_answers_304(self, client, home):
        tag = client.get("/schools/")["ETag"]
        assert client.get("/schools/", headers={"if-none-match": tag}).status_code == 304

    @pytest.mark.parametrize("other", ["/schools/?mode=large", "/schools/?mode=contrast"])
    def test_another_mode_has_another_etag(self, client, home, other):
        tag = client.get("/schools/")["ETag"]
        response = client.get(other, headers={"if-none-match": tag})
        assert response.status_code == 200
        unchanged = client.get("/schools/", headers={"if-none-match": tag})
        assert (unchanged.status_code, unchanged["ETag"] == tag) == (200, False)

    def test_another_language_has_another_etag(self, client, home):
        tags = {client.get(path)["ETag"] for path in ("/no-such/", "/en/no-such/")}
        assert len(tags) == 2

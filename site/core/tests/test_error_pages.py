"""Every error page a reader can meet: designed, in both languages, without inner workings."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.views import defaults
from wagtail.models import Page

from tests.helpers.content import HomePage, withdrawal
from tests.helpers.publish_attempts import public_page
from tests.helpers.styles import missing_sheets

SECRET = "/srv/geheim SELECT password"
LANGUAGES = {"/": "zh-Hans", "/en/": "en"}


@pytest.fixture
def failing(monkeypatch):
    """`failing(error)`: every home page raises it when it is read."""

    def fail(error):
        def serve(page, request, *args, **kwargs):
            raise error

        monkeypatch.setattr(HomePage, "serve", serve)

    return fail


def assert_designed(response, status: int, language: str) -> str:
    """Return the error page, in its language, with our style sheets and no inner workings."""
    html = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in html
    assert "css/tokens.css" in html
    assert missing_sheets(html) == {}
    assert html.count("<h1") == html.count("<main") == 1
    assert re.search(r"<title>\s*\S", html)
    for inner in (SECRET, "Traceback", "Exception", "Django", "django", "Wagtail"):
        assert inner not in html, inner
    return html


@pytest.mark.parametrize("start", LANGUAGES)
class TestBothLanguages:
    def test_a_server_error(self, non_raising_client, district, failing, start):
        failing(RuntimeError(SECRET))
        html = assert_designed(non_raising_client.get(start), 500, LANGUAGES[start])
        assert f'href="{start}"' in html

    def test_a_refusal_shows_no_reason(self, non_raising_client, district, failing, start):
        failing(PermissionDenied(SECRET))
        html = assert_designed(non_raising_client.get(start), 403, LANGUAGES[start])
        assert 'content="noindex"' in html

    def test_a_bad_request(self, non_raising_client, district, failing, start):
        failing(SuspiciousOperation(SECRET))
        assert_designed(non_raising_client.get(start), 400, LANGUAGES[start])

    def test_a_form_without_a_csrf_token(self, district, start):
        strict = Client(enforce_csrf_checks=True)
        assert_designed(strict.post(start, {"a": SECRET}), 403, LANGUAGES[start])

    def test_no_such_page(self, client, district, start):
        html = assert_designed(client.get(f"{start}nowhere/"), 404, LANGUAGES[start])
        home = district.home if start == "/" else district.home.get_translations().get()
        assert home.title in html


def test_a_withdrawn_page_is_not_named(client, district):
    page = public_page(district)
    withdrawal.withdraw(page, district.final, SECRET)
    html = assert_designed(client.get(page.url), 410, "zh-Hans")
    assert page.title not in html


@pytest.mark.parametrize("host", ["evil.example", "a b", "localhost:x", "localhost/../x"])
def test_an_unknown_host_gets_the_designed_page(non_raising_client, district, settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]
    html = assert_designed(non_raising_client.get("/", headers={"host": host}), 400, "zh-Hans")
    assert "evil" not in html


def test_error_pages_do_not_repeat_the_address(client, district):
    """Neither the address nor a query comes back in an error page."""
    html = assert_designed(client.get("/nowhere/<b>x</b>/?q=<script>alert(1)"), 404, "zh-Hans")
    assert "alert(1)" not in html


def test_server_errors_need_no_database(rf):
    """No mark of pytest-django here: any query would fail."""
    request = rf.get("/")
    assert_designed(defaults.server_error(request), 500, "zh-Hans")
    assert_designed(defaults.bad_request(request, SuspiciousOperation(SECRET)), 400, "zh-Hans")


def test_a_broken_database_still_shows_the_designed_page(non_raising_client, district, monkeypatch):
    from django.db import OperationalError

    def fail_with_database_error(*args, **kwargs):
        raise OperationalError(SECRET)

    monkeypatch.setattr(Page, "route", fail_with_database_error)
    monkeypatch.setattr(
        "core.display.site_context.SiteContext.home", property(fail_with_database_error)
    )
    assert_designed(non_raising_client.get("/"), 500, "zh-Hans")

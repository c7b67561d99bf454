"""Maintenance: who is kept out, what they are told, and that it needs no database."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from district import maintenance
from district.maintenance import Notice

EVERYBODY = ["/", "/en/", "/nowhere/", "/admin/", "/admin/login/", "/documents/1/x/", "/feed/",
             "/sitemap.xml", "/robots.txt", "/health", "/health/x", "/static"]  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def visit(address="/", method="get"):
    return getattr(Client(), method)(address)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
@pytest.mark.parametrize("address", EVERYBODY)
def test_every_request_is_answered_503_without_the_database(address, method):
    """Without the mark of pytest-django, any query would fail here."""
    maintenance.close(Notice())
    response = visit(address, method)
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_administrators_are_kept_out_too(client, district):
    client.force_login(district.admin)
    maintenance.close(Notice())
    assert client.get("/admin/").status_code == 503
    maintenance.reopen()
    assert client.get("/admin/").status_code == 200


def test_a_health_check_is_answered():
    for _state in range(2):
        response = visit("/health/")
        assert (response.status_code, response.content) == (200, b"ok\n")
        maintenance.close(Notice())


def test_static_files_are_served_before_it(settings):
    order = settings.MIDDLEWARE
    files = order.index("whitenoise.middleware.WhiteNoiseMiddleware")
    assert order.index("district.maintenance.MaintenanceMiddleware") == files + 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", '"x"', '{"until": 7, "words": ""}', '{"words": ""}',
     '{"until": "morgen", "words": ""}', '{"until": "2026-99-99 08:00", "words": ""}'],
)  # fmt: skip
def test_whatever_is_in_the_file_it_closes_the_site(text):
    maintenance.flag_path().parent.mkdir()
    maintenance.flag_path().write_text(text)
    response = visit()
    assert response.status_code == 503
    assert response["Retry-After"] == "600"


def test_bytes_that_are_no_text_and_a_folder_close_the_site():
    maintenance.flag_path().parent.mkdir()
    maintenance.flag_path().write_bytes(b"\xff\xfe")
    assert visit().status_code == 503
    maintenance.flag_path().unlink()
    maintenance.flag_path().mkdir()
    assert visit().status_code == 503


def test_a_time_without_a_zone_is_the_district_s_own():
    later = timezone.localtime() + timedelta(hours=2)
    maintenance.flag_path().parent.mkdir()
    maintenance.flag_path().write_text(f'{{"until": "{later:%Y-%m-%d %H:%M}", "words": ""}}')
    assert 6_000 < int(visit()["Retry-After"]) <= 7_200


def test_the_message_is_escaped():
    maintenance.close(Notice(message="<script>alert(1)</script>今晚升级"))
    html = visit().content.decode()
    assert "<script" not in html
    assert "今晚升级" in html


def test_it_says_until_when_and_nothing_of_a_time_that_has_passed(time_machine):
    until = timezone.now() + timedelta(hours=1)
    maintenance.close(Notice(until))
    response = visit()
    assert 3_590 <= int(response["Retry-After"]) <= 3_601
    assert "<time" in response.content.decode()
    time_machine.move_to(until + timedelta(minutes=5))
    response = visit()
    assert response["Retry-After"] == "600"
    assert "<time" not in response.content.decode()


def test_each_language_has_its_page():
    maintenance.close(Notice())
    # One after the other in one thread: no language is left over from the visit before.
    for address, language in (("/en/news/", "en"), ("/news/", "zh-Hans"), ("/admin/", "zh-Hans")):
        html = visit(address).content.decode()
        assert f'<html lang="{language}">' in html
        assert html.count("<h1") == html.count("<main") == 1
        assert 'content="noindex"' in html
        assert not re.search(r"\sstyle=|<script|<style", html)


class TestTheCommand:
    @pytest.mark.parametrize("until", ["tomorrow", "08:00", "2026-13-01 08:00", "2020-01-01 08:00"])
    def test_a_bad_time_closes_nothing(self, until):
        with pytest.raises(CommandError):
            call_command("maintenance", "on", until=until)
        assert maintenance.current_notice() is None

    def test_words_are_not_for_opening(self):
        maintenance.close(Notice())
        with pytest.raises(CommandError):
            call_command("maintenance", "off", words="x")
        assert maintenance.current_notice() == Notice()

    def test_there_is_on_and_off_and_nothing_else(self):
        for state in ("", "status", "ON"):
            with pytest.raises(CommandError):
                call_command("maintenance", state)
        assert not maintenance.flag_path().exists()

    def test_it_closes_and_opens_without_a_database(self, capsys):
        until = timezone.localtime().replace(microsecond=0, second=0) + timedelta(hours=3)
        call_command("maintenance", "on", until=f"{until:%Y-%m-%d %H:%M}", words="升级")
        assert maintenance.current_notice() == Notice(until, "升级")
        assert visit().status_code == 503
        call_command("maintenance", "on")
        assert maintenance.current_notice() == Notice(), "the newest notice counts"
        call_command("maintenance", "off")
        assert maintenance.current_notice() is None
        call_command("maintenance", "off")
        assert len(set(capsys.readouterr().out.splitlines())) == 3

    def test_the_site_answers_again_at_once(self, client, district):
        call_command("maintenance", "on", verbosity=0)
        assert client.get("/").status_code == 503
        call_command("maintenance", "off", verbosity=0)
        assert client.get("/").status_code == 200

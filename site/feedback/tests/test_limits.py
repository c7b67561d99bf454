"""One client sends a few reports an hour; nobody keeps its address."""

import pytest
from django.core.cache import cache

from feedback import limits
from feedback.models import ErrorReport
from feedback.tests.factories import WORDS, refused, report_form

FORM = "/report/"
REPORT = ErrorReport.objects


def test_the_sixth_in_an_hour_waits_and_keeps_its_words(client, district):
    for number in range(5):
        assert client.post(FORM, report_form(words=f"错字{number}", contact="")).status_code == 302
    response = client.post(FORM, report_form())
    refused(response, 429)
    assert response["Retry-After"] == "3600"
    assert REPORT.count() == 5
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post(FORM, report_form(), **other).status_code == 302


def test_the_limit_of_the_day_holds_longer(client, district, settings):
    settings.REPORTS_AN_HOUR, settings.REPORTS_A_DAY = 9, 1
    assert client.post(FORM, report_form(contact="")).status_code == 302
    response = client.post(FORM, report_form(words=WORDS + "另一处"))
    assert response["Retry-After"] == "86400"


def test_mistakes_do_not_count(client, district, settings):
    settings.REPORTS_AN_HOUR = 1
    for _try in range(4):
        refused(client.post(FORM, report_form(kind="")))
    assert client.post(FORM, report_form()).status_code == 302


def test_the_address_itself_is_kept_nowhere(client, district, monkeypatch):
    kept = []
    add = cache.add
    monkeypatch.setattr(limits.cache, "add", lambda key, *a: kept.append(key) or add(key, *a))
    client.post(FORM, report_form(), REMOTE_ADDR="192.0.2.7")
    assert len(kept) == 2
    assert "192.0.2" not in repr(kept)
    assert "192.0.2" not in repr(REPORT.values().get())


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 127.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    ],
)
def test_only_our_proxies_name_the_client(rf, settings, remote, forwarded, client):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.2"]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR=remote)
    assert limits.client_of(request) == client

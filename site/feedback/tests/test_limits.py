"""One client sends a few reports an hour; nobody keeps its address."""

from django.core.cache import cache

from core import rate_limits
from feedback.models import ErrorReport
from feedback.tests.factories import WORDS, assert_refused, report_form

FORM = "/report/"
REPORT = ErrorReport.objects


def test_the_sixth_in_an_hour_waits_and_keeps_its_words(client, district):
    for number in range(5):
        assert client.post(FORM, report_form(words=f"错字{number}", contact="")).status_code == 302
    response = client.post(FORM, report_form())
    assert_refused(response, 429)
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
        assert_refused(client.post(FORM, report_form(kind="")))
    assert client.post(FORM, report_form()).status_code == 302


def test_the_address_itself_is_cache_keys_nowhere(client, district, monkeypatch):
    cache_keys = []
    add = cache.add
    monkeypatch.setattr(
        rate_limits.cache, "add", lambda key, *a: cache_keys.append(key) or add(key, *a)
    )
    client.post(FORM, report_form(), REMOTE_ADDR="192.0.2.7")
    assert len(cache_keys) == 2
    assert "192.0.2" not in repr(cache_keys)
    assert "192.0.2" not in repr(REPORT.values().get())

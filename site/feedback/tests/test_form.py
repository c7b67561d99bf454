"""A reader reports an error without account or script; programs are kept out; no text is lost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.addresses import own_path
from feedback.models import ErrorReport
from feedback.tests.factories import (
    CONTACT,
    WORDS,
    assert_refused,
    make_report,
    report_form,
    token_of_age,
)
from tests.helpers.responses import html_of

FORM = "/report/"
REPORT = ErrorReport.objects


@pytest.fixture
def english(client, district):
    """Posts to the English form, whose messages are compared here."""
    return lambda **fields: client.post("/en/report/", report_form(**fields))


# --- the form


@pytest.mark.parametrize("address", ["/report/", "/en/report/"])
def test_the_form_opens_in_both_languages_and_is_never_cached(client, district, address):
    response = client.get(address)
    html = html_of(response)
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert f'action="{address}"' in html
    assert 'name="robots" content="noindex"' in html
    assert "no-store" in response["Cache-Control"]
    assert 'type="text/javascript"' not in html
    # The frame's own module, which only reads aloud and prints.
    assert html.count("<script") == html.count('<script type="module"') == 1


def test_the_page_in_the_address_is_filled_in(client, district):
    assert 'value="/schools/"' in html_of(client.get(FORM, {"page": "/schools/"}))


@pytest.mark.parametrize(
    "page",
    [
        "//example.org/",
        "////example.org/",
        "http://testserver//example.org/",
        "https://example.org/",
        "/\\example.org",
        "javascript:alert(1)",
        "schools/",
        "/admin/",
        "/report/",
        "/en/report/",
        "/a\nb",
        "/%00/",
        "/en/%0A",
        "http://[",
        "/" + "a" * 300,
        '"><b>x</b>',
    ],
    ids=repr,
)
def test_what_is_no_page_of_ours_is_not_filled_in(client, district, page):
    assert own_path(page, "testserver") == ""
    html = client.get(FORM, {"page": page}).content.decode()
    assert re.search(r'name="page"[^>]*value=', html) is None


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/schools/", "/schools/"),
        (" /schools/?page=2#a ", "/schools/"),
        ("http://testserver/en/brands/?q=1", "/en/brands/"),
        ("https://TESTSERVER", "/"),
        ("/新闻/", "/新闻/"),
        ("", ""),
    ],
)
def test_the_address_is_kept_as_a_path(typed, path):
    assert own_path(typed, "testserver") == path


def test_a_report_is_stored_and_its_number_shown(client, district):
    response = client.post(FORM, report_form())
    report = REPORT.get()
    assert response.url == reverse("report_thanks", args=[report.number])
    html = html_of(client.get(response.url))
    assert report.number in html
    assert WORDS not in html
    assert CONTACT not in html
    assert (report.page, report.kind, report.words) == ("/schools/", "word", WORDS)
    assert (report.contact, report.language, report.state) == (CONTACT, "zh-hans", "new")
    assert report.district_key == district.home.translation_key


def test_the_language_of_the_form_is_kept(english):
    assert english().url.startswith("/en/report/thanks/")
    assert REPORT.get().language == "en"


def test_page_and_contact_may_stay_empty(client, district):
    client.post(FORM, report_form(page="", contact=""))
    assert REPORT.get().contact == ""


def test_thanks_are_for_real_numbers_only(client, district):
    assert client.get("/report/thanks/261125-AAAAA/").status_code == 404


def test_line_ends_count_once(client, district):
    client.post(FORM, report_form(words="字\r\n" * 333 + "字"))
    assert len(REPORT.get().words) == 667


@pytest.mark.parametrize("state", ["state", "answer", "number", "district_key", "due_at"])
def test_a_post_sets_no_field_that_the_form_lacks(client, district, state):
    client.post(FORM, report_form(**{state: "answered"}))
    report = REPORT.get()
    assert report.state == "new"
    assert getattr(report, state) != "answered"


# --- errors


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kind", "", "Choose what it is."),
        ("kind", "nonsense", "Select a valid choice"),
        ("page", "https://example.org/x", "This is no page of this site."),
        ("contact", CONTACT + "x" * 120, "at most 120 characters"),
        ("words", WORDS + "字" * 1000, "at most 1000 characters"),
        ("words", WORDS + " http://a.b www.c.d HTTPS://e.f", "At most 2 links"),
    ],
)
def test_an_error_is_shown_beside_its_field_and_linked_from_above(english, field, value, message):
    html = assert_refused(english(**{field: value}))
    place = f"id_{field}_0" if field == "kind" else f"id_{field}"
    assert re.search(rf'<a href="#{place}">[^<]*{re.escape(message)}', html)
    assert re.search(rf'id="id_{field}_error">\s*<li>[^<]*{re.escape(message)}', html)
    described = re.findall(r'aria-describedby="([^"]*)"', html)
    assert any(f"id_{field}_error" in ids.split() for ids in described)
    assert "autofocus" in html


def test_an_empty_text_is_an_error(english):
    html = html_of(english(words="  "))
    assert "Say in a few words what is wrong." in html
    assert CONTACT in html
    assert not REPORT.exists()


def test_a_filled_honeypot_is_named(english):
    html = assert_refused(english(more="http://casino.example"))
    assert "A hidden field was filled in" in html
    assert "casino" not in html


def test_the_honeypot_is_hidden_from_everybody(client, district):
    html = html_of(client.get(FORM))
    honeypot = html[html.index('class="honeypot"') :][:500]
    assert 'aria-hidden="true"' in honeypot
    assert 'tabindex="-1"' in honeypot


@pytest.mark.parametrize(
    ("age", "message"), [(0, "That was very quick"), (2, "very quick"), (90_000, "more than a day")]
)
def test_a_form_posted_too_early_or_too_late_is_refused(english, age, message):
    with time_machine.travel(timezone.now(), tick=False):
        assert message in assert_refused(english(form_token=token_of_age(age)))


@pytest.mark.parametrize(
    "token",
    ["", "form", "form:x:y", token_of_age(60) + "x"],
    ids=["none", "bare", "forged", "bent"],
)
def test_a_forged_token_counts_as_too_old(english, token):
    html = assert_refused(english(form_token=token))
    assert "more than a day" in html
    assert f'value="{token}"' not in html or token == ""


def test_after_a_refusal_the_time_runs_on(client, district, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    form = report_form(form_token=token_of_age(1))
    html = assert_refused(client.post(FORM, form))
    assert form["form_token"] in html
    time_machine.move_to(now + timedelta(seconds=10), tick=False)
    assert client.post(FORM, form).status_code == 302


def test_the_same_twice_is_one_report(english):
    assert english().status_code == 302
    html = html_of(english())
    assert REPORT.get().number in html
    assert WORDS in html
    assert "have reached us already" in html
    assert english(words=WORDS + "还有第三段。").status_code == 302


# --- a form that is not ours


def test_without_a_token_nothing_is_stored_and_the_words_come_back(district):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en/report/", report_form())
    html = assert_refused(response, 403)
    assert "Allow cookies" in html
    assert "no-store" in response["Cache-Control"]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    again = report_form(csrfmiddlewaretoken=token)
    assert strict.post("/en/report/", again).status_code == 302


def test_other_forms_without_a_token_answer_as_before(district):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert 'name="form_token"' not in response.content.decode()


# --- what the public never sees


@pytest.mark.parametrize("address", ["/", "/schools/", "/en/", "/report/"])
def test_no_report_is_ever_public(client, district, address):
    report = make_report(district, contact=CONTACT)
    html = html_of(client.get(address))
    for text in (report.words, report.number, CONTACT):
        assert text not in html


@pytest.mark.parametrize("script", ["<script>alert(1)</script>", "{{ form }}", "\x00"])
def test_markup_in_a_report_is_plain_text(client, district, script):
    html = client.post(FORM, report_form(kind="", words=WORDS + script)).content.decode()
    assert "<script>alert" not in html
    assert not REPORT.exists()

"""Readers' reports for tests, and what the views answer."""

from datetime import timedelta
from html import unescape

import time_machine
from django.urls import reverse
from django.utils import timezone

from feedback.form_token import new_token
from feedback.handling import receive_report
from feedback.models import ErrorReport

WORDS = "第二段把“古槐”写成了“古怀”。"
CONTACT = "reader@example.org"


def make_report(district, **fields) -> ErrorReport:
    """A report as the form hands it over; a `created_at` of its own is set afterwards."""
    created_at = fields.pop("created_at", None)
    values = {"kind": "word", "words": WORDS, "language": "zh-hans", "page": "/schools/"} | fields
    report = receive_report(ErrorReport(**values), district.home.translation_key)
    if created_at:
        ErrorReport.objects.filter(pk=report.pk).update(created_at=created_at)
        report.refresh_from_db()
    return report


def report_form(**fields) -> dict:
    """What the public form posts a minute after it was handed out."""
    return {
        "page": "/schools/",
        "kind": "word",
        "words": WORDS,
        "contact": CONTACT,
        "more": "",
        "form_token": token_of_age(60),
    } | fields


def token_of_age(seconds: int) -> str:
    """The token of a form handed out so many seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds), tick=False):
        return new_token()


def address(report) -> str:
    return reverse("feedback_report", args=[report.pk])


def step(report, state, note="") -> dict:
    return {"seen_state": report.state, "state": state, "note": note}


def assert_refused(response, status: int = 200) -> str:
    """Return the form that came back: nothing is stored, and everything typed stands in it."""
    assert response.status_code == status
    html = unescape(response.content.decode())
    assert WORDS in html
    assert CONTACT in html
    assert 'role="alert"' in html
    assert not ErrorReport.objects.filter(contact=CONTACT).exists()
    return html

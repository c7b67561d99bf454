"""What a failing mail server or a dying worker may not do to e-mails."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications import emails
from notifications.models import Notice
from notifications.tests.sending import MINUTE, send_notice
from tests.helpers.district import brand_draft, decide, fresh, submit


def test_a_server_that_fails_is_asked_again_after_growing_pauses_and_given_up(
    recipient, failing_server
):
    began = send_notice(recipient).at
    now, pauses = began, []
    while (notice := Notice.objects.get()).mail_due_at:
        pauses.append(round((notice.mail_due_at - now) / MINUTE))
        now = max(notice.mail_due_at, now)
        emails.send_due(now)
        assert len(pauses) < 30
    assert pauses[:6] == [0, 1, 5, 30, 120, 360]
    assert now - began <= timedelta(days=3)
    assert len(pauses) > 12
    assert "ConnectionRefusedError" in notice.mail_error
    assert notice.mailed_at is None


def test_a_worker_that_stood_still_for_a_week_gives_up_nothing_at_once(recipient, failing_server):
    began = send_notice(recipient).at
    emails.send_due(began)
    emails.send_due(began + timedelta(days=7))
    assert Notice.objects.get().mail_due_at == began + timedelta(days=7, minutes=5)


def test_a_failing_server_is_asked_once_a_round(recipient, failing_server):
    for number in range(5):
        send_notice(recipient, key=f"k{number}")
    emails.send_due()
    assert failing_server.tries == 1


def test_one_refused_address_does_not_stop_the_others(recipient, failing_server):
    for number in range(3):
        send_notice(recipient, key=f"k{number}")
    failing_server.error = smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")})
    emails.send_due()
    assert failing_server.tries == 3


def test_after_the_failure_the_email_goes_once(recipient, failing_server):
    send_notice(recipient)
    emails.send_due()
    failing_server.error = None
    later = Notice.objects.get().mail_due_at
    assert emails.send_due(later - MINUTE / 2) == 0
    assert [emails.send_due(later), emails.send_due(later + timedelta(1))] == [1, 0]
    assert Notice.objects.get().mail_error == ""


def test_a_failing_server_blocks_no_decision(district, recipient, failing_server):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert decide(fresh(page), district.reviewer1) is None
    assert failing_server.tries == 0


def test_two_workers_send_an_email_once(recipient, monkeypatch):
    """The second reads the list before the first has claimed anything."""
    notice = send_notice(recipient)
    now = timezone.now()
    stale = Notice.objects.select_related("user").get(pk=notice.pk)
    assert emails.send_due(now) == 1
    assert emails._send_all([[stale]], now) == 0
    assert len(mail.outbox) == 1


def test_an_email_whose_worker_died_is_due_again(recipient, monkeypatch):
    class Killed(BaseException):
        pass

    def die(self, *args):
        raise Killed

    send_notice(recipient)
    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", die)
        with pytest.raises(Killed):
            emails.send_due(now)
    assert emails.send_due(now + MINUTE) == 0
    assert emails.send_due(now + emails.CLAIM_LASTS) == 1

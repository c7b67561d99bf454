"""The digest: one e-mail on the morning of a working day."""

from datetime import timedelta

import pytest
from django.core import mail

from notifications import emails
from notifications.email_schedule import next_digest
from notifications.models import EmailPreference, Notice
from notifications.tests.sending import FRIDAY, MINUTE, MONDAY_AT_8, send_notice


def test_a_digest_is_given_up_no_sooner_than_a_single_one(recipient, failing_server):
    EmailPreference.objects.create(user=recipient, frequency="daily")
    send_notice(recipient, at=FRIDAY - timedelta(hours=7))
    Notice.objects.update(mail_due_at=next_digest(FRIDAY - timedelta(hours=7)))
    now, pauses = MONDAY_AT_8, []
    while (notice := Notice.objects.get()).mail_due_at:
        pauses.append(round((notice.mail_due_at - now) / MINUTE))
        now = max(notice.mail_due_at, now)
        emails.send_digests(now)
        assert len(pauses) < 30
    assert pauses[:6] == [0, 1, 5, 30, 120, 360]
    assert timedelta(days=2.7) < now - MONDAY_AT_8 <= timedelta(days=3)


def test_a_digest_goes_after_one_hiccup_on_monday(recipient, failing_server):
    EmailPreference.objects.create(user=recipient, frequency="daily")
    send_notice(recipient, at=FRIDAY - timedelta(hours=7))
    Notice.objects.update(mail_due_at=MONDAY_AT_8)
    assert emails.send_digests(MONDAY_AT_8) == 0
    failing_server.error = None
    assert emails.send_digests(MONDAY_AT_8 + MINUTE) == 1


def test_the_digest_is_one_email_on_the_next_working_morning(recipient):
    EmailPreference.objects.create(user=recipient, frequency="daily")
    for number in range(3):
        send_notice(recipient, title=f"第{number}篇", key=f"k{number}")
    Notice.objects.update(mail_due_at=next_digest(FRIDAY))
    assert emails.send_due(MONDAY_AT_8) == 0
    assert emails.send_digests(MONDAY_AT_8 - MINUTE) == 0
    assert emails.send_digests(MONDAY_AT_8) == 1
    assert emails.send_digests(MONDAY_AT_8 + MINUTE) == 0
    assert all(f"第{number}篇" in mail.outbox[0].body for number in range(3))


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        (FRIDAY, MONDAY_AT_8),
        (MONDAY_AT_8 - MINUTE, MONDAY_AT_8),
        (MONDAY_AT_8, MONDAY_AT_8 + timedelta(1)),
    ],
)
def test_the_digest_goes_at_eight_on_working_days(db, now, morning):
    assert next_digest(now) == morning

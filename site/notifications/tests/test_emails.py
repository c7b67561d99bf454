"""Letters: to whom, when, and what a failing mail server may not do."""

import smtplib
from datetime import datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from notifications import emails
from notifications.email_schedule import next_digest
from notifications.models import EmailPreference, Notice
from notifications.notices import notify
from tests.helpers.district import brand_draft, decide, fresh, submit

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 10, 16, 15, tzinfo=SHANGHAI)
MONDAY_AT_8 = datetime(2026, 10, 19, 8, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reader(district):
    """Somebody with an address."""
    user = district.reviewer1
    user.email = "reviewer1@example.invalid"
    user.save()
    return user


def write(user, title="请审核", key="a", at=None, **fields):
    """One message to `user`, as an event writes it."""
    people = type(user).objects.filter(pk=user.pk)
    notify(people, Notice.Kind.WAITING, key, title, "正文", "/admin/review/1/")
    if at:
        Notice.objects.filter(key=key).update(at=at)
    return Notice.objects.get(user=user, key=key)


@pytest.fixture
def broken(monkeypatch):
    """A mail server that fails with `broken.error`, as long as there is one."""

    class Server:
        error: Exception | None = ConnectionRefusedError("no server")
        asked = 0

    def send(self, messages):
        Server.asked += 1
        if Server.error:
            raise Server.error
        mail.outbox.extend(messages)
        return len(messages)

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    return Server


def test_nobody_is_written_to_without_an_address(district):
    write(district.reviewer1)
    assert emails.send_due() == 0


def test_nobody_is_written_to_who_was_deactivated_meanwhile(reader):
    write(reader)
    reader.is_active = False
    reader.save()
    assert emails.send_due() == 0
    assert mail.outbox == []
    reader.is_active = True
    reader.save()
    assert emails.send_due() == 0


def test_who_wants_no_letters_gets_none(reader):
    EmailPreference.objects.create(user=reader, frequency="none")
    write(reader)
    assert emails.send_due() + emails.send_digests(timezone.now() + timedelta(9)) == 0


def test_a_server_that_fails_is_asked_again_after_growing_pauses_and_given_up(reader, broken):
    began = write(reader).at
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


def test_a_daily_letter_is_given_up_no_sooner_than_a_single_one(reader, broken):
    EmailPreference.objects.create(user=reader, frequency="daily")
    write(reader, at=FRIDAY - timedelta(hours=7))
    Notice.objects.update(mail_due_at=next_digest(FRIDAY - timedelta(hours=7)))
    now, pauses = MONDAY_AT_8, []
    while (notice := Notice.objects.get()).mail_due_at:
        pauses.append(round((notice.mail_due_at - now) / MINUTE))
        now = max(notice.mail_due_at, now)
        emails.send_digests(now)
        assert len(pauses) < 30
    assert pauses[:6] == [0, 1, 5, 30, 120, 360]
    assert timedelta(days=2.7) < now - MONDAY_AT_8 <= timedelta(days=3)


def test_a_daily_letter_goes_after_one_hiccup_on_monday(reader, broken):
    EmailPreference.objects.create(user=reader, frequency="daily")
    write(reader, at=FRIDAY - timedelta(hours=7))
    Notice.objects.update(mail_due_at=MONDAY_AT_8)
    assert emails.send_digests(MONDAY_AT_8) == 0
    broken.error = None
    assert emails.send_digests(MONDAY_AT_8 + MINUTE) == 1


def test_a_worker_that_stood_still_for_a_week_gives_up_nothing_at_once(reader, broken):
    began = write(reader).at
    emails.send_due(began)
    emails.send_due(began + timedelta(days=7))
    assert Notice.objects.get().mail_due_at == began + timedelta(days=7, minutes=5)


def test_a_failing_server_is_asked_once_a_round(reader, broken):
    for number in range(5):
        write(reader, key=f"k{number}")
    emails.send_due()
    assert broken.asked == 1


def test_one_refused_address_does_not_stop_the_others(reader, broken):
    for number in range(3):
        write(reader, key=f"k{number}")
    broken.error = smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")})
    emails.send_due()
    assert broken.asked == 3


def test_after_the_failure_the_letter_goes_once(reader, broken):
    write(reader)
    emails.send_due()
    broken.error = None
    later = Notice.objects.get().mail_due_at
    assert emails.send_due(later - MINUTE / 2) == 0
    assert [emails.send_due(later), emails.send_due(later + timedelta(1))] == [1, 0]
    assert Notice.objects.get().mail_error == ""


def test_a_failing_server_blocks_no_decision(district, reader, broken):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert decide(fresh(page), district.reviewer1) is None
    assert broken.asked == 0


def test_a_title_cannot_begin_another_header(reader):
    # PostgreSQL stores no NUL at all.
    null = "\x00" if connection.vendor == "sqlite" else ""
    title = f"开学\r\nBcc: victim@example.invalid\n\u2028{null}了"
    write(reader, title=title)
    assert emails.send_due() == 1
    letter = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert letter["Bcc"] is None
    assert mail.outbox[0].recipients() == ["reviewer1@example.invalid"]
    assert "\n" not in mail.outbox[0].subject


def test_an_address_with_a_line_end_is_never_written_to(reader):
    type(reader).objects.filter(pk=reader.pk).update(email="a@example.invalid\nBcc: b@b.invalid")
    write(reader)
    write(reader, key="b")
    assert emails.send_due() == 0
    assert set(Notice.objects.values_list("mail_tries", flat=True)) == {1}


def test_markup_in_a_title_stays_text(reader):
    write(reader, title="<script>alert(1)</script> & 校训")
    emails.send_due()
    ((html, kind),) = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert "<script>" not in html
    assert "<script>alert(1)</script> & 校训" in mail.outbox[0].body


def test_a_letter_names_the_site_and_links_to_it(reader, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://yipin.example/"
    write(reader)
    emails.send_due()
    letter = mail.outbox[0]
    assert letter.subject.startswith("[一品] ")
    assert "https://yipin.example/admin/review/1/" in letter.body
    assert 'href="https://yipin.example/admin/review/1/"' in letter.alternatives[0][0]


def test_no_letter_for_what_was_read_or_decided_before_it_went(district, reader, client):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert Notice.objects.get().mail_due_at
    decide(fresh(page), district.reviewer1)
    assert emails.send_due() == 0


def test_two_workers_send_a_letter_once(reader, monkeypatch):
    """The second reads the list before the first has claimed anything."""
    notice = write(reader)
    now = timezone.now()
    stale = Notice.objects.select_related("user").get(pk=notice.pk)
    assert emails.send_due(now) == 1
    assert emails._send_all([[stale]], now) == 0
    assert len(mail.outbox) == 1


def test_a_letter_whose_worker_died_is_due_again(reader, monkeypatch):
    class Killed(BaseException):
        pass

    def die(self, *args):
        raise Killed

    write(reader)
    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", die)
        with pytest.raises(Killed):
            emails.send_due(now)
    assert emails.send_due(now + MINUTE) == 0
    assert emails.send_due(now + emails.LEASE) == 1


def test_the_digest_is_one_letter_on_the_next_working_morning(reader):
    EmailPreference.objects.create(user=reader, frequency="daily")
    for number in range(3):
        write(reader, title=f"第{number}篇", key=f"k{number}")
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


def test_a_new_frequency_counts_for_what_has_not_gone_out(reader, client):
    write(reader)
    client.force_login(reader)
    client.post("/admin/inbox/", {"action": "letters", "frequency": "none"})
    assert Notice.objects.get().mail_due_at is None
    assert emails.send_due() == 0

"""E-mails: to whom they go, and what they say."""

from datetime import timedelta
from email import message_from_bytes

from django.core import mail
from django.db import connection
from django.utils import timezone

from notifications import emails
from notifications.models import EmailPreference, Notice
from notifications.tests.sending import send_notice
from tests.helpers.district import brand_draft, decide, fresh, submit


def test_nobody_is_written_to_without_an_address(district):
    send_notice(district.reviewer1)
    assert emails.send_due() == 0


def test_nobody_is_written_to_who_was_deactivated_meanwhile(recipient):
    send_notice(recipient)
    recipient.is_active = False
    recipient.save()
    assert emails.send_due() == 0
    assert mail.outbox == []
    recipient.is_active = True
    recipient.save()
    assert emails.send_due() == 0


def test_who_wants_no_emails_gets_none(recipient):
    EmailPreference.objects.create(user=recipient, frequency="none")
    send_notice(recipient)
    assert emails.send_due() + emails.send_digests(timezone.now() + timedelta(9)) == 0


def test_a_title_cannot_begin_another_header(recipient):
    # PostgreSQL stores no NUL at all.
    null = "\x00" if connection.vendor == "sqlite" else ""
    title = f"开学\r\nBcc: victim@example.invalid\n\u2028{null}了"
    send_notice(recipient, title=title)
    assert emails.send_due() == 1
    email = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert email["Bcc"] is None
    assert mail.outbox[0].recipients() == ["reviewer1@example.invalid"]
    assert "\n" not in mail.outbox[0].subject


def test_an_address_with_a_line_end_is_never_written_to(recipient):
    type(recipient).objects.filter(pk=recipient.pk).update(
        email="a@example.invalid\nBcc: b@b.invalid"
    )
    send_notice(recipient)
    send_notice(recipient, key="b")
    assert emails.send_due() == 0
    assert set(Notice.objects.values_list("mail_tries", flat=True)) == {1}


def test_markup_in_a_title_stays_text(recipient):
    send_notice(recipient, title="<script>alert(1)</script> & 校训")
    emails.send_due()
    ((html, kind),) = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert "<script>" not in html
    assert "<script>alert(1)</script> & 校训" in mail.outbox[0].body


def test_an_email_names_the_site_and_links_to_it(recipient, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://yipin.example/"
    send_notice(recipient)
    emails.send_due()
    email = mail.outbox[0]
    assert email.subject.startswith("[一品] ")
    assert "https://yipin.example/admin/review/1/" in email.body
    assert 'href="https://yipin.example/admin/review/1/"' in email.alternatives[0][0]


def test_no_email_for_what_was_read_or_decided_before_it_went(district, recipient, client):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert Notice.objects.get().mail_due_at
    decide(fresh(page), district.reviewer1)
    assert emails.send_due() == 0


def test_a_new_frequency_counts_for_what_has_not_gone_out(recipient, client):
    send_notice(recipient)
    client.force_login(recipient)
    client.post("/admin/inbox/", {"action": "letters", "frequency": "none"})
    assert Notice.objects.get().mail_due_at is None
    assert emails.send_due() == 0

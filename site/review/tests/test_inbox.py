"""The inbox of a reviewer: own notices alone, read by opening them, on pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.models import EmailPreference, JobRun, Notice
from review.tests.helpers import open_notices

Kind = Notice.Kind


def test_nobody_reads_or_opens_what_is_another_s(district, client, waiting):
    notice = Notice.objects.get()
    client.force_login(district.editor1)
    assert client.get(reverse("notifications_open", args=[notice.pk])).status_code == 404
    assert waiting.title not in client.get(reverse("notifications_inbox")).content.decode()
    client.post(reverse("notifications_inbox"), {"action": "read"})
    assert open_notices() == {"reviewer1"}


@pytest.mark.parametrize("query", ["p=0", "p=99", "p=x"])
def test_a_bad_page_number_is_no_page(district, client, query):
    client.force_login(district.reviewer1)
    assert client.get(f"{reverse('notifications_inbox')}?{query}").status_code == 404


def test_a_bad_filter_is_named_and_narrows_nothing(district, client, waiting):
    client.force_login(district.reviewer1)
    answer = client.get(reverse("notifications_inbox"), {"kind": "<b>"})
    assert answer.status_code == 200
    assert waiting.title in answer.content.decode()
    assert "error-message" in answer.content.decode()


def test_the_inbox_never_leads_to_another_site(district, client):
    client.force_login(district.reviewer1)
    notice = Notice.objects.create(user=district.reviewer1, key="x", url="//evil.example/")
    answer = client.get(reverse("notifications_open", args=[notice.pk]))
    assert answer.url == reverse("notifications_inbox")


def test_opening_a_message_reads_it_and_leads_to_the_decision(district, client, waiting):
    client.force_login(district.reviewer1)
    assert "(1)" in client.get(reverse("wagtailadmin_home")).content.decode()
    listed = client.get(reverse("notifications_inbox"), {"unread": "on", "kind": "waiting"})
    assert waiting.title in listed.content.decode()
    notice = Notice.objects.get()
    answer = client.get(reverse("notifications_open", args=[notice.pk]))
    assert answer.url == reverse("review_decide", args=[waiting.current_workflow_task_state.pk])
    listed = client.get(reverse("notifications_inbox"), {"unread": "on"})
    assert waiting.title not in listed.content.decode()


def test_a_long_inbox_has_pages_and_few_queries(district, client):
    client.force_login(district.reviewer1)
    Notice.objects.bulk_create(
        Notice(user=district.reviewer1, kind=Kind.WAITING, key=f"k{n}", title=f"第{n}号")
        for n in range(60)
    )
    client.get(reverse("notifications_inbox"))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse("notifications_inbox"), {"p": 3, "kind": "waiting"})
    assert answer.status_code == 200
    assert len(caught) <= 20
    client.post(reverse("notifications_inbox"), {"action": "read"})
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_frequency_that_does_not_exist_is_refused(district, client):
    client.force_login(district.reviewer1)
    answer = client.post(
        reverse("notifications_inbox"), {"action": "letters", "frequency": "hourly"}
    )
    assert answer.status_code == 200
    assert not EmailPreference.objects.exists()


def test_only_the_administrator_sees_how_the_worker_fares(district, client):
    JobRun.objects.create(name="letters", error="ConnectionRefusedError: no")
    client.force_login(district.reviewer1)
    assert "ConnectionRefused" not in client.get(reverse("notifications_inbox")).content.decode()
    client.force_login(district.admin)
    assert "ConnectionRefused" in client.get(reverse("notifications_inbox")).content.decode()

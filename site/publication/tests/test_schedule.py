"""What was approved for a later time is published as approved when it is due."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from audit.models import RecordEntry
from core.models import Image
from publication import schedule
from publication.run_each import BatchError
from publication.tests.scheduling import (
    DAY,
    HOUR,
    kinds,
    new_page,
    run_at,
    scheduled,
)
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import public_page


def test_wagtails_own_scheduler_fails_on_purpose(district):
    for name in ("publish_scheduled", "publish_scheduled_pages"):
        with pytest.raises(CommandError):
            call_command(name)


def test_what_was_approved_for_tomorrow_is_public_tomorrow_and_not_today(client, district):
    page = scheduled(new_page(district), district)
    call_command("run_due")
    assert not fresh(page).live
    assert client.get(page.url).status_code == 404
    assert run_at(timezone.now() + DAY + timedelta(minutes=1))["published"] == 1
    page = fresh(page)
    assert page.live
    planned, published = RecordEntry.objects.filter(
        page_id=page.pk, kind__in=["schedule", "publication"]
    )
    assert published.workflow_state_id == planned.workflow_state_id
    assert (published.levels, published.digest) == (planned.levels, planned.digest)
    assert published.detail["authors"] == planned.detail["authors"] == [district.editor1.pk]
    assert run_at(timezone.now() + 2 * DAY)["published"] == 0


def test_a_later_version_leaves_the_public_text_until_its_time(client, district):
    page = public_page(district)
    page = scheduled(page, district, slogan="明天再说")
    assert fresh(page).live
    assert "明天再说" not in client.get(page.url).content.decode()
    run_at(timezone.now() + 2 * DAY)
    assert "明天再说" in client.get(page.url).content.decode()


def test_a_missed_run_is_caught_up_and_told(client, district):
    page = scheduled(new_page(district), district)
    run_at(timezone.now() + DAY + 2 * HOUR)
    entry = RecordEntry.objects.get(page_id=page.pk, kind="publication")
    assert entry.detail["late_minutes"] >= 119
    client.force_login(district.section)
    answer = client.get(reverse("publication_schedule"))
    assert page.title in [late.title for late in answer.context["late"]]


def test_a_text_exchanged_after_approval_is_not_published(client, district):
    page = scheduled(new_page(district), district)
    revision = page.scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"slogan": "偷换"})
    assert run_at(timezone.now() + 2 * DAY)["refused"] == 1
    assert not fresh(page).live
    assert fresh(page).scheduled_revision is None
    client.force_login(district.final)
    answer = client.get(reverse("publication_schedule"))
    assert [entry.page_id for entry in answer.context["failed"]] == [page.pk]


def test_a_picture_exchanged_on_the_disk_is_not_published(district):
    file = get_test_image_file()
    image = Image.objects.create(title="图", description="图", file=file)
    page = scheduled(new_page(district), district, cover=image)
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(b"something else")
    assert run_at(timezone.now() + 2 * DAY)["refused"] == 1
    assert not fresh(page).live
    assert "被替换" in RecordEntry.objects.filter(page_id=page.pk).last().opinion


def test_one_page_that_fails_does_not_stop_the_others(client, district, monkeypatch):
    first = scheduled(new_page(district), district)
    second = scheduled(new_page(district, title="二", kind="branch"), district)
    publish = schedule.publish_revision

    def fail_once(page, *arguments, **details):
        if page.pk == first.pk:
            raise OSError("disk")
        return publish(page, *arguments, **details)

    monkeypatch.setattr(schedule, "publish_revision", fail_once)
    with (
        time_machine.travel(timezone.now() + 2 * DAY, tick=False),
        pytest.raises(CommandError, match="disk"),
    ):
        call_command("run_due")
    assert fresh(second).live
    assert not fresh(first).live
    client.force_login(district.final)
    shown = client.get(reverse("publication_schedule"))
    assert "disk" in shown.content.decode(), "whoever waits for the page is told why"
    monkeypatch.undo()
    assert run_at(timezone.now() + 2 * DAY)["published"] == 1


def test_nothing_is_recorded_as_public_that_is_not(district):
    """Wagtail asks the clock itself: whoever calls too early gets a refusal, not a false entry."""
    page = scheduled(new_page(district), district)
    with pytest.raises(BatchError):
        schedule.run_due(timezone.now() + 2 * DAY)
    assert fresh(page).scheduled_revision
    assert kinds(page)[-1] == "schedule"


def test_what_ended_while_it_waited_is_not_approved(district):
    page = new_page(district)
    page.expire_at = timezone.now() + HOUR
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert decide(fresh(page), district.reviewer1)

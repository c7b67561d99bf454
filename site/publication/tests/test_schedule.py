"""What was approved for a later time: published as approved when due, and taken down when over."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex, Revision

from audit.models import RecordEntry
from core.models import Image
from core.publishing.refusals import Refused
from news.models import NewsPage
from news.tests.factories import NewsPageFactory
from publication import schedule
from tests.helpers.district import brand_draft, brand_form, decide, fresh, submit
from tests.helpers.publish_attempts import public_page, public_state

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def through(page, district):
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    return fresh(page)


def scheduled(page, district, **changes):
    """The page with a version that all levels approved for tomorrow."""
    page = fresh(page)
    page.go_live_at = timezone.now() + DAY
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=district.editor1)
    return through(page, district)


def new_page(district, **fields):
    return brand_draft(district.schools[0], district.editor1, **fields)


def kinds(page):
    return list(RecordEntry.objects.filter(page_id=page.pk).values_list("kind", flat=True))


def run_at(moment):
    with time_machine.travel(moment, tick=False):
        return schedule.run_due()


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
    assert published.detail == planned.detail == {"authors": [district.editor1.pk]}
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


def test_only_the_final_approver_calls_back(calm_client, district):
    page = scheduled(new_page(district), district)
    address = reverse("publication_call_back", args=[page.pk])
    for person in ("editor1", "reviewer1", "section", "web_editor", "admin"):
        calm_client.force_login(getattr(district, person))
        calm_client.post(address, {"reason": "再想想"})
        with pytest.raises(Refused):
            schedule.call_back(page, getattr(district, person), "再想想")
    assert fresh(page).scheduled_revision
    calm_client.force_login(district.final)
    calm_client.post(address, {"reason": ""})
    assert fresh(page).scheduled_revision
    calm_client.post(address, {"reason": "再想想"})
    assert fresh(page).scheduled_revision is None
    assert kinds(page)[-1] == "unschedule"
    assert run_at(timezone.now() + 2 * DAY)["published"] == 0
    calm_client.force_login(district.editor1)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    calm_client.post(edit, brand_form() | {"slogan": "改过"})
    assert fresh(page).get_latest_revision().content["slogan"] == "改过"


def test_a_page_comes_down_at_the_end_of_its_term(client, district):
    page = new_page(district)
    page.expire_at = timezone.now() + DAY
    page.save_revision(user=district.editor1)
    page = through(page, district)
    schedule.run_due()
    assert fresh(page).live
    assert run_at(timezone.now() + DAY + timedelta(minutes=1))["taken_down"] == 1
    page = fresh(page)
    assert (page.live, page.expired, page.live_revision_id) == (False, True, None)
    assert client.get(page.url).status_code == 410
    assert kinds(page)[-1] == "expiry"
    assert run_at(timezone.now() + 2 * DAY)["taken_down"] == 0


def public_notice(district):
    """A notice that stands for some days, approved at all levels."""
    page = NewsPageFactory(
        parent=district.schools[0],
        public_notice=True,
        owner=district.editor1,
        locale=district.home.locale,
    )
    page.save_revision(user=district.editor1)
    return through(page, district)


def test_a_public_notice_comes_down_after_its_last_day(client, district):
    page = public_notice(district)
    ReferenceIndex.create_or_update_for_object(page)
    schedule.run_due()
    assert fresh(page).live
    with time_machine.travel(timezone.now() + 7 * DAY, tick=False):
        schedule.run_due()
        assert not NewsPage.objects.get(pk=page.pk).live
        assert client.get(page.url).status_code == 410
    assert kinds(page)[-1] == "expiry"


def test_a_missed_end_of_a_public_notice_is_told(client, district):
    page = public_notice(district)
    run_at(timezone.now() + 20 * DAY)
    entry = RecordEntry.objects.get(page_id=page.pk, kind="expiry")
    assert entry.detail["late_minutes"] > 13 * 24 * 60


def test_the_list_leads_the_committee_to_the_review_sheet(client, district):
    page = scheduled(new_page(district), district)
    for person in (district.final, district.section):
        client.force_login(person)
        shown = client.get(reverse("publication_schedule"))
        sheet = reverse("audit_review_report", args=[shown.context["rows"][0]["sheet"]])
        assert sheet in shown.content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in shown.content.decode()
        assert client.get(sheet).status_code == 200


def test_nothing_is_recorded_as_public_that_is_not(district):
    """Wagtail asks the clock itself: whoever calls too early gets a refusal, not a false entry."""
    page = scheduled(new_page(district), district)
    with pytest.raises(schedule.SomeFailed):
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


# --- the form ------------------------------------------------------------------------------------


def posted(client, page, **fields):
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(edit, brand_form() | fields)


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def test_an_editor_proposes_dates_that_make_sense(client, district):
    page = new_page(district)
    client.force_login(district.editor1)
    before = public_state()
    past, soon, later = (local(timezone.now() + days * DAY) for days in (-1, 1, 2))
    wrong = ({"go_live_at": past}, {"expire_at": past}, {"go_live_at": later, "expire_at": soon})
    for dates in wrong:
        answer = posted(client, page, **dates, **{"action-submit": "1"})
        assert answer.status_code == 200
        assert not fresh(page).workflow_in_progress
    dates = {"go_live_at": soon, "expire_at": later}
    posted(client, page, **dates, **{"action-submit": "1"})
    assert fresh(page).workflow_in_progress
    assert fresh(page).get_latest_revision().as_object().go_live_at
    assert public_state() == before


def test_the_day_a_page_came_out_does_not_stop_the_next_version(client, district):
    page = scheduled(new_page(district), district)
    came_out = local(page.go_live_at)
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        schedule.run_due()
        client.force_login(district.editor1)
        posted(client, page, go_live_at=came_out, slogan="新的", **{"action-submit": "1"})
        assert fresh(page).workflow_in_progress
        assert fresh(page).get_latest_revision().as_object().go_live_at is None


def test_the_framework_has_no_dates(client, district):
    client.force_login(district.admin)
    for page in (district.home, district.schools[0], district.schools[0].get_parent()):
        answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert 'name="expire_at"' not in answer.content.decode()

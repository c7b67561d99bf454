"""Pages come down when their term is over: by their date, or by their own last day."""

from datetime import timedelta

import time_machine
from django.utils import timezone
from wagtail.models import ReferenceIndex

from audit.models import RecordEntry
from publication import schedule
from publication.tests.scheduling import (
    DAY,
    kinds,
    new_page,
    run_at,
    submit_and_approve,
)
from tests.helpers.content import NewsPage, NewsPageFactory
from tests.helpers.district import fresh


def test_a_page_comes_down_at_the_end_of_its_term(client, district):
    page = new_page(district)
    page.expire_at = timezone.now() + DAY
    page.save_revision(user=district.editor1)
    page = submit_and_approve(page, district)
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
    return submit_and_approve(page, district)


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


def test_what_was_public_only_after_its_end_did_not_come_down_late(district):
    """An archive is set up with notices that ended long ago."""
    page = public_notice(district)
    type(page).objects.filter(pk=page.pk).update(notice_until=timezone.localdate() - 90 * DAY)
    schedule.run_due()
    entry = RecordEntry.objects.get(page_id=page.pk, kind="expiry")
    assert entry.detail == {}

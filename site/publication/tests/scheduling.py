"""What tests of the schedule share: pages that are approved for later, and runs at any time."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from audit.models import RecordEntry
from publication import schedule
from tests.helpers.district import brand_draft, decide, fresh, submit

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def submit_and_approve(page, district):
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
    return submit_and_approve(page, district)


def new_page(district, **fields):
    return brand_draft(district.schools[0], district.editor1, **fields)


def kinds(page):
    return list(RecordEntry.objects.filter(page_id=page.pk).values_list("kind", flat=True))


def run_at(moment):
    with time_machine.travel(moment, tick=False):
        return schedule.run_due()

"""The dates of publication and of the end that an editor proposes on the edit screen."""

import time_machine
from django.urls import reverse
from django.utils import timezone

from publication import schedule
from publication.tests.scheduling import DAY, new_page, scheduled
from tests.helpers.district import brand_form, fresh
from tests.helpers.publish_attempts import public_state


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
    invalid = ({"go_live_at": past}, {"expire_at": past}, {"go_live_at": later, "expire_at": soon})
    for dates in invalid:
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

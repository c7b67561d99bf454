"""Calling a schedule back, and the screen that leads there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.publishing.refusals import Refused
from publication import schedule
from publication.tests.scheduling import DAY, kinds, new_page, run_at, scheduled
from tests.helpers.district import brand_form, fresh


def test_only_the_final_approver_calls_back(non_raising_client, district):
    page = scheduled(new_page(district), district)
    address = reverse("publication_call_back", args=[page.pk])
    for person in ("editor1", "reviewer1", "section", "web_editor", "admin"):
        non_raising_client.force_login(getattr(district, person))
        non_raising_client.post(address, {"reason": "再想想"})
        with pytest.raises(Refused):
            schedule.call_back(page, getattr(district, person), "再想想")
    assert fresh(page).scheduled_revision
    non_raising_client.force_login(district.final)
    non_raising_client.post(address, {"reason": ""})
    assert fresh(page).scheduled_revision
    non_raising_client.post(address, {"reason": "再想想"})
    assert fresh(page).scheduled_revision is None
    assert kinds(page)[-1] == "unschedule"
    assert run_at(timezone.now() + 2 * DAY)["published"] == 0
    non_raising_client.force_login(district.editor1)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    non_raising_client.post(edit, brand_form() | {"slogan": "改过"})
    assert fresh(page).get_latest_revision().content["slogan"] == "改过"


def test_the_list_leads_the_committee_to_the_review_sheet(client, district):
    page = scheduled(new_page(district), district)
    for person in (district.final, district.section):
        client.force_login(person)
        shown = client.get(reverse("publication_schedule"))
        sheet = reverse("audit_review_report", args=[shown.context["rows"][0]["workflow_state_id"]])
        assert sheet in shown.content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in shown.content.decode()
        assert client.get(sheet).status_code == 200

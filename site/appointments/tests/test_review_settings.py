"""The review settings of a district: who sets them, and which mistakes are named."""

import pytest
from django.urls import reverse

from change_requests.models import ChangeRequest
from change_requests.tests.helpers import decide_on
from roles.models import ReviewSettings, Role
from roles.review_settings import review_settings_of
from tests.helpers.content import RecordEntry
from tests.helpers.district import create_user

pytestmark = pytest.mark.once


def settings_form(**changes):
    return {
        "remind_after": 1,
        "escalate_after": 3,
        "public_line": "names",
        "reasons": "请写出处。\n\n 请写全名。 \n请写出处。",
        "days_off": "2026-10-02\n2026-10-01",
        "reason": "国庆节",
    } | changes


def stored_settings():
    return list(ReviewSettings.objects.values())


def settings_url(district):
    return reverse("appointments_review_settings", args=[district.home.translation_key])


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "section", "web_editor"])
def test_who_decides_nothing_finally_sets_no_review_settings(client, district, name):
    client.force_login(getattr(district, name))
    before = stored_settings()
    assert client.get(settings_url(district)).status_code == 302
    assert client.get(reverse("appointments_review_settings_list")).status_code == 302
    client.post(settings_url(district), settings_form())
    assert stored_settings() == before


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("remind_after", {"remind_after": 0}),
        ("remind_after", {"remind_after": 251, "escalate_after": 252}),
        ("remind_after", {"remind_after": 99999999999}),
        ("escalate_after", {"escalate_after": 251}),
        ("escalate_after", {"escalate_after": 1}),
        ("days_off", {"days_off": "2026-10-01\nNationalfeiertag"}),
        ("days_off", {"days_off": "2026-02-30"}),
        ("reasons", {"reasons": "长" * 201}),
        ("public_line", {"public_line": "all"}),
    ],
)
def test_wrong_settings_are_named_and_what_was_typed_stays(client, district, field, changes):
    client.force_login(district.final)
    before = stored_settings()
    answer = client.post(settings_url(district), settings_form(**changes))
    assert field in answer.context["form"].errors
    assert "请写全名。" in answer.content.decode() or field == "reasons"
    assert stored_settings() == before


@pytest.mark.parametrize("name", ["final2", "admin"])
def test_final_approvers_and_administrators_propose_and_another_confirms(client, district, name):
    district.people["final2"] = create_user("final2", Role.FINAL_APPROVER, district.home)
    proposer, before = getattr(district, name), stored_settings()
    client.force_login(proposer)
    assert client.get(reverse("appointments_review_settings_list")).url == settings_url(district)
    assert client.post(settings_url(district), settings_form()).status_code == 302
    assert stored_settings() == before, "nothing changes by one person"
    decide_on(client, proposer, ChangeRequest.objects.get())
    assert stored_settings() == before
    decide_on(client, district.final, ChangeRequest.objects.get())
    saved = review_settings_of(district.home.translation_key)
    assert (saved.remind_after, saved.escalate_after, saved.public_line) == (1, 3, "names")
    assert saved.reasons == ["请写出处。", "请写全名。"]
    assert saved.days_off == ["2026-10-01", "2026-10-02"]
    entry = RecordEntry.objects.filter(kind="rule").last()
    assert entry.user_name == str(district.final)
    changed = {what: (before, after) for what, before, after in entry.detail["words"]}
    assert changed["向读者公开的审核信息"] == ("审核人的角色", "审核人的姓名")
    client.force_login(district.admin)
    assert "审核人的角色 → 审核人的姓名" in client.get(reverse("audit_record")).content.decode()
    again = client.get(settings_url(district)).content.decode()
    assert "请写出处。\n请写全名。" in again

"""Deputies: named and ended by two people, and which mistakes are named."""

from datetime import timedelta

import pytest
from django.urls import reverse

from change_requests.models import ChangeRequest
from change_requests.tests.helpers import by_two, decide_on
from roles.models import Deputy, Level
from roles.tests.helpers import TODAY, deputy_form, name_deputy
from tests.helpers.content import RecordEntry, queue
from tests.helpers.district import brand_draft, decide, fresh, submit

OTHERS = ["editor1", "reviewer1", "section", "final", "web_editor"]
ADD = "appointments_deputy_add"
END = "appointments_deputy_end"


def end(client, district, deputy):
    return by_two(client, district.admin, district.final, reverse(END), {"deputy": deputy.pk})


@pytest.mark.parametrize("name", OTHERS)
def test_only_administrators_name_and_end_deputies(client, district, name):
    deputy = name_deputy(district)
    client.force_login(getattr(district, name))
    assert client.get(reverse("appointments_deputies")).status_code == 302
    assert client.get(reverse(ADD)).status_code == 302
    client.post(reverse(ADD), deputy_form(district, level=Level.FINAL))
    client.post(reverse(END), {"deputy": deputy.pk, "reason": "不用了"})
    assert not ChangeRequest.objects.exists()
    assert [one.ends_on for one in Deputy.objects.all()] == [TODAY() + timedelta(days=7)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": str(TODAY() - timedelta(days=1)), "starts_on": "2020-01-01"},
        {"starts_on": str(TODAY() + timedelta(days=9))},
        {"starts_on": "gestern"},
        {"reason": ""},
        {"scope_key": "00000000-0000-0000-0000-000000000000"},
        {"scope_key": "x"},
        {"level": "emperor"},
        {"user": 0},
    ],
)
def test_a_wrong_form_names_nobody_and_loses_nothing(client, district, wrong):
    client.force_login(district.admin)
    answer = client.post(reverse(ADD), deputy_form(district, **wrong))
    assert answer.status_code == 200
    assert 'class="error-message"' in answer.content.decode() or answer.context["form"].errors
    assert answer.context["form"].data["level"] == wrong.get("level", "school")
    assert not Deputy.objects.exists()


def test_nobody_without_access_or_switched_off_becomes_deputy(client, district):
    client.force_login(district.admin)
    users = type(district.admin).objects
    stranger = users.create_user("stranger")
    district.section2.is_active = False
    district.section2.save()
    for user in (stranger, district.section2):
        client.post(reverse(ADD), deputy_form(district, user=user.pk))
    assert not Deputy.objects.exists()


def test_nobody_is_named_twice_for_the_same_days(client, district):
    by_two(client, district.admin, district.final, reverse(ADD), deputy_form(district))
    client.force_login(district.admin)
    answer = client.post(reverse(ADD), deputy_form(district))
    assert "user" in answer.context["form"].errors
    assert Deputy.objects.count() == 1


def test_one_administrator_alone_names_nobody(client, district):
    client.force_login(district.admin)
    assert client.post(reverse(ADD), deputy_form(district)).status_code == 302
    decide_on(client, district.admin, ChangeRequest.objects.get())
    assert not Deputy.objects.exists()


def test_an_administrator_is_never_deputy(client, district):
    client.force_login(district.admin)
    answer = client.post(reverse(ADD), deputy_form(district, user=district.admin.pk))
    assert answer.status_code == 200 and not ChangeRequest.objects.exists()


def test_a_deputy_decides_from_naming_to_early_end(client, district):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    by_two(client, district.admin, district.final, reverse(ADD), deputy_form(district))
    assert queue.waiting_for(district.web_editor).count() == 1
    Deputy.objects.update(starts_on=TODAY() - timedelta(days=3))
    [deputy] = Deputy.objects.all()
    client.force_login(district.admin)
    listed = client.get(reverse("appointments_deputies")).content.decode()
    assert "web_editor" in listed and district.schools[0].title in listed
    end(client, district, deputy)
    deputy.refresh_from_db()
    assert deputy.ends_on == TODAY() - timedelta(days=1)
    assert queue.waiting_for(district.web_editor).count() == 0
    assert decide(fresh(page), district.web_editor) is not None
    entries = RecordEntry.objects.filter(kind="deputy")
    assert [entry.user_id for entry in entries] == [district.final.pk] * 2


def test_ending_a_deputyship_of_today_or_later_deletes_it(client, district):
    for days in (0, 3):
        deputy = name_deputy(district, starts_on=TODAY() + timedelta(days=days))
        end(client, district, deputy)
        assert not Deputy.objects.exists()


def test_a_past_deputyship_is_not_ended(client, district):
    client.force_login(district.admin)
    days = {"starts_on": TODAY() - timedelta(days=9), "ends_on": TODAY() - timedelta(days=5)}
    deputy = name_deputy(district, **days)
    for key in (deputy.pk, deputy.pk + 1, "x"):
        answer = client.post(reverse(END), {"deputy": key, "reason": "不用了"})
        assert answer.status_code == 200
    assert not ChangeRequest.objects.exists()
    assert client.get(reverse("appointments_deputies") + "?p=x").status_code == 404

"""An account that was read before a change by two, and is saved after it, undoes nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext

from appointments.tests.helpers import appoint
from audit import verification
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import by_two, decide_on
from core.publishing.refusals import PublishingRefused
from roles.models import Role, RoleGroup
from tests.helpers.district import PASSWORD as KNOWN_PASSWORD
from tests.helpers.district import create_user

User = get_user_model()


@pytest.fixture
def person(district):
    """An account whose password the administrator knows: its maker chose it."""
    return create_user("person", Role.SCHOOL_EDITOR, district.schools[1])


@pytest.mark.parametrize("as_owner", [True, False])
def test_an_old_password_does_not_come_back_after_an_appointment(
    client, district, person, as_owner
):
    stale = User.objects.get(pk=person.pk)
    appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    stale.email = "new@example.org"
    if as_owner:
        with LogContext(user=stale):
            stale.save()
    else:
        stale.save()
    assert not Client().login(username="person", password=KNOWN_PASSWORD)
    assert User.objects.get(pk=person.pk).email == "new@example.org"


def test_a_password_that_is_set_meanwhile_is_refused(client, district, person):
    stale = User.objects.get(pk=person.pk)
    appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    stale.set_password("Lang-und-gut-77")
    with pytest.raises(PublishingRefused):
        stale.save()


def test_an_account_that_was_switched_off_does_not_switch_itself_on(district):
    stale = User.objects.get(pk=district.section.pk)
    district.section.is_active = False
    district.section.save()
    with LogContext(user=stale):
        stale.save()
    assert not User.objects.get(pk=stale.pk).is_active


def test_an_account_can_be_saved_again_after_it_was_read_again(district):
    one, other = (User.objects.get(pk=district.editor1.pk) for _time in range(2))
    other.set_password("Lang-und-gut-77")
    other.save()
    one.refresh_from_db()
    one.set_password("Noch-laenger-78")
    one.save()
    one.set_password("Am-laengsten-79")
    one.save()
    assert Client().login(username="editor1", password="Am-laengsten-79")


def test_two_proposals_that_exclude_one_another_are_not_both_confirmed(client, district, person):
    RoleGroup.objects.get(group__user=person).group.user_set.remove(person)
    for role in (Role.AUDITOR, Role.FINAL_APPROVER):
        client.force_login(district.admin)
        form = {"user": person.pk, "role": role, "action": "join", "reason": "新任"}
        form["scope_key"] = district.home.translation_key
        assert client.post(reverse("appointments_propose_role"), form).status_code == 302
    for change_request in ChangeRequest.objects.all():
        decide_on(client, district.final, change_request)
    assert RoleGroup.objects.filter(group__user=person).count() == 1


def test_an_auditor_gets_no_other_role_by_the_form_of_the_account(client, district):
    auditor = create_user("auditor", Role.AUDITOR, district.home)
    editors = RoleGroup.objects.get(
        role=Role.SCHOOL_EDITOR, scope_key=district.schools[0].translation_key
    )
    client.force_login(district.admin)
    form = {"username": "auditor", "email": "a@example.org", "first_name": "审", "last_name": "计"}
    form |= {"is_active": "on", "groups": [editors.group_id]}
    client.post(reverse("wagtailusers_users:edit", args=[auditor.pk]), form)
    assert list(RoleGroup.objects.filter(group__user=auditor).values_list("role", flat=True)) == [
        Role.AUDITOR
    ]


def test_a_confirmation_is_about_what_stood_on_the_screen(client, district, person):
    """The account is renamed between reading and confirming."""
    client.force_login(district.admin)
    form = {"user": person.pk, "role": Role.FINAL_APPROVER, "action": "join", "reason": "新任"}
    form["scope_key"] = district.home.translation_key
    client.post(reverse("appointments_propose_role"), form)
    [change_request] = ChangeRequest.objects.all()
    client.force_login(district.final)
    address = reverse("change_requests_detail", args=[change_request.pk])
    seen = client.get(address).context["form"].initial["seen"]
    User.objects.filter(pk=person.pk).update(username="lisi", first_name="四", last_name="李")
    client.post(address, {"action": "confirm", "opinion": "", "seen": seen})
    change_request.refresh_from_db()
    assert change_request.is_pending


def test_a_payload_that_was_exchanged_is_not_carried_out(client, district, person):
    client.force_login(district.admin)
    form = {"user": person.pk, "role": Role.POOL_REVIEWER, "action": "join", "reason": "新任"}
    form["scope_key"] = district.home.translation_key
    client.post(reverse("appointments_propose_role"), form)
    [change_request] = ChangeRequest.objects.all()
    ChangeRequest.objects.update(payload=change_request.payload | {"role": Role.FINAL_APPROVER})
    decide_on(client, district.final, change_request)
    assert not RoleGroup.objects.filter(
        group__user=person, role__in=[Role.FINAL_APPROVER, Role.POOL_REVIEWER]
    ).exists()
    assert list(verification.find_problems()) == []


def test_what_was_printed_for_a_role_ends_with_it(client, district, person):
    appoint(client, district, person, Role.POOL_REVIEWER, district.home)
    assert person.activations.open().exists()
    appoint(client, district, person, Role.POOL_REVIEWER, district.home, action="leave")
    assert not person.activations.open().exists()
    form = {"user": person.pk}
    address = reverse("appointments_propose_credentials")
    with pytest.raises(AssertionError):
        by_two(client, district.admin, district.final, address, form)

"""Who decides changes by two people, whatever one administrator tries."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import LogContext

from appointments.tests.helpers import appoint
from audit import verification
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import decide_on
from core.publishing.refusals import PublishingRefused
from notifications.models import Notice
from roles import reviewers
from roles.groups import role_group
from roles.models import Level, Role, RoleGroup
from tests.helpers.content import RecordEntry
from tests.helpers.district import create_user, fresh

pytestmark = pytest.mark.once

APPOINTED = [
    Role.SCHOOL_REVIEWER,
    Role.SECTION_REVIEWER,
    Role.FINAL_APPROVER,
    Role.POOL_REVIEWER,
    Role.AUDITOR,
]


def place_of(role, district):
    return district.schools[0] if role == Role.SCHOOL_REVIEWER else district.home


def holds(user, role):
    return RoleGroup.objects.filter(role=role, group__user=user).exists()


@pytest.mark.parametrize("role", APPOINTED)
def test_two_people_appoint_and_dismiss(client, district, role):
    person, place = create_user("person", Role.AUDITOR), place_of(role, district)
    appoint(client, district, person, role, place)
    assert holds(person, role)
    appoint(client, district, person, role, place, action="leave")
    assert not holds(person, role)
    entries = RecordEntry.objects.filter(kind="member", detail__user_id=person.pk)
    assert [entry.user_id for entry in entries] == [district.final.pk] * len(entries)
    assert list(verification.find_problems()) == []


@pytest.mark.parametrize("role", APPOINTED)
def test_one_administrator_alone_appoints_nobody(client, district, role):
    """By the form of the account, by its group, in bulk, or by confirming the own proposal."""
    person, place = create_user("person", Role.AUDITOR), place_of(role, district)
    group = role_group(role, place)
    client.force_login(district.admin)
    form = {
        "username": "person",
        "email": "p@example.org",
        "first_name": "人",
        "last_name": "某",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [group.pk],
    }
    client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)
    passwords = dict.fromkeys(("password1", "password2"), "Lang-und-gut-77")
    client.post(reverse("wagtailusers_users:add"), form | {"username": "other"} | passwords)
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    client.post(f"{bulk}?id={person.pk}", {"role": group.pk})
    proposal = {"user": person.pk, "role": role, "scope_key": place.translation_key}
    proposal |= {"action": "join", "reason": "急"}
    assert client.post(reverse("appointments_propose_role"), proposal).status_code == 302
    decide_on(client, district.admin, ChangeRequest.objects.get())
    for user in type(person).objects.filter(username__in=["person", "other"]):
        assert not holds(user, role) and not user.is_superuser


def test_no_code_of_a_request_changes_members_rules_or_flags(district):
    person = district.editor2
    group = role_group(Role.FINAL_APPROVER, district.home)
    with LogContext(user=district.admin):
        for change in (
            lambda: person.groups.add(group),
            lambda: group.user_set.add(person),
            lambda: group.user_set.clear(),
            lambda: district.final.groups.set([]),
            lambda: RoleGroup.objects.get(group=group).delete(),
            lambda: RoleGroup.objects.create(
                role=Role.SCHOOL_REVIEWER,
                scope_key=district.home.translation_key,
                group=Group.objects.create(name="新组"),
            ),
            lambda: district.final.delete(),
        ):
            with pytest.raises(PublishingRefused), transaction.atomic():
                change()
        person.is_superuser = True
        with pytest.raises(PublishingRefused):
            person.save()
    assert reviewers.reviewer_ids(district.home, Level.FINAL) == {district.final.pk}


def test_the_subject_of_a_change_does_not_confirm_it(client, district):
    other = create_user("admin2", Role.AUDITOR)
    other.is_superuser = True
    other.save()
    form = {"user": district.section.pk, "role": Role.FINAL_APPROVER, "action": "join"}
    form |= {"scope_key": district.home.translation_key, "reason": "升任"}
    client.force_login(district.admin)
    client.post(reverse("appointments_propose_role"), form)
    change_request = ChangeRequest.objects.get()
    for user in (district.section, district.reviewer1, district.web_editor):
        decide_on(client, user, change_request)
    assert not holds(district.section, Role.FINAL_APPROVER)
    decide_on(client, other, change_request)
    assert holds(district.section, Role.FINAL_APPROVER)


def test_those_who_confirm_get_a_letter_and_read_who_set_the_password(client, district):
    with LogContext(user=district.admin):
        district.editor2.set_password("Lang-und-gut-77")
        district.editor2.save()
    form = {"user": district.editor2.pk, "role": Role.SCHOOL_REVIEWER, "action": "join"}
    form |= {"scope_key": district.schools[1].translation_key, "reason": "新任"}
    client.force_login(district.admin)
    client.post(reverse("appointments_propose_role"), form)
    assert Notice.objects.filter(user=district.final, kind=Notice.Kind.CHANGE_REQUEST).exists()
    client.force_login(district.final)
    address = reverse("change_requests_detail", args=[ChangeRequest.objects.get().pk])
    assert f"由{district.admin}设置" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("held", "role"),
    [
        ("administrator", Role.FINAL_APPROVER),
        ("administrator", Role.SCHOOL_REVIEWER),
        (Role.WEB_EDITOR, Role.AUDITOR),
        (Role.AUDITOR, Role.POOL_REVIEWER),
    ],
)
def test_duties_are_separate(client, district, held, role):
    person = create_user("person", held, *([] if held == "administrator" else [district.home]))
    person.is_superuser = held == "administrator"
    person.save()
    client.force_login(district.admin)
    form = {"user": person.pk, "role": role, "action": "join", "reason": "兼任"}
    form["scope_key"] = place_of(role, district).translation_key
    response = client.post(reverse("appointments_propose_role"), form)
    assert response.status_code == 200
    assert not ChangeRequest.objects.exists()


def test_a_reviewer_does_not_become_administrator(client, district):
    client.force_login(district.admin)
    form = {"user": district.section.pk, "action": "join", "reason": "兼任"}
    assert client.post(reverse("appointments_propose_administrator"), form).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_the_last_administrator_stays(client, district):
    client.force_login(district.admin)
    form = {"user": district.admin.pk, "action": "leave", "reason": "退休"}
    assert client.post(reverse("appointments_propose_administrator"), form).status_code == 200
    assert fresh_user(district.admin).is_superuser


def fresh_user(user):
    return type(user).objects.get(pk=user.pk)


def test_an_auditor_reads_the_record_and_the_changes_and_changes_nothing(client, district):
    auditor = create_user("auditor", Role.AUDITOR, district.home)
    client.force_login(auditor)
    for name in ("audit_record", "change_requests_list", "appointments_people"):
        assert client.get(reverse(name)).status_code == 200, name
    for name in ("appointments_propose_role", "level_rules_add", "appointments_deputy_add"):
        assert client.get(reverse(name)).status_code == 302, name
    home = fresh(district.home)
    assert not home.permissions_for_user(auditor).can_edit()


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "section", "web_editor"])
def test_nobody_else_sees_who_decides_or_proposes_it(client, district, name):
    client.force_login(getattr(district, name))
    assert client.get(reverse("appointments_people")).status_code == 302
    form = {"user": district.editor1.pk, "role": Role.FINAL_APPROVER, "action": "join"}
    form |= {"scope_key": district.home.translation_key, "reason": "我想"}
    client.post(reverse("appointments_propose_role"), form)
    assert not ChangeRequest.objects.exists()


def test_the_list_names_everybody_and_takes_few_queries(
    client, district, django_assert_max_num_queries
):
    client.force_login(district.admin)
    client.get(reverse("appointments_people"))
    with django_assert_max_num_queries(30):
        text = client.get(reverse("appointments_people")).content.decode()
    for name in ("reviewer1", "reviewer2", "section", "section2", "final", "admin"):
        assert f">{name}<" in text.replace(" ", "").replace("\n", ""), name
    assert client.get(reverse("appointments_people") + "?p=x").status_code == 404
    assert (
        "reviewer1"
        not in client.get(reverse("appointments_people") + "?q=第十三")
        .content.decode()
        .partition("<main")[2]
    )

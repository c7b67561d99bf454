"""Taking an account over: nobody who prints one half can use the other."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext

from appointments.models import Activation
from appointments.tests.helpers import PASSWORD, activate, appoint, print_half
from audit import verification
from change_requests.tests.helpers import by_two
from core.publishing.refusals import PublishingRefused
from roles.models import ReviewSettings, Role
from tests.helpers.content import RecordEntry
from tests.helpers.district import PASSWORD as KNOWN_PASSWORD
from tests.helpers.district import create_user


@pytest.fixture
def person(district):
    """An account whose password the administrator knows: its maker chose it."""
    return create_user("person", Role.SCHOOL_EDITOR, district.schools[1])


def logs_in(username, password):
    return Client().login(username=username, password=password)


def test_a_new_reviewer_takes_the_account_over_by_link_and_code(client, district, person):
    assert logs_in("person", KNOWN_PASSWORD)
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    assert not logs_in("person", KNOWN_PASSWORD), "whoever made the account knew its password"
    link = print_half(client, district.admin, change)
    code = print_half(client, district.final, change)
    assert link.startswith("http") and len(code.replace("-", "")) == 12
    assert activate(link, code).url == reverse("wagtailadmin_login")
    assert logs_in("person", PASSWORD)
    assert activate(link, code).status_code == 404, "used up"
    assert RecordEntry.objects.filter(detail__after={"activated": True}).count() == 1
    assert list(verification.find_problems()) == []


def test_neither_half_is_shown_to_the_other_or_to_anybody(client, district, person):
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    other = create_user("admin2", Role.AUDITOR)
    other.is_superuser = True
    other.save()
    for user in (other, district.section, person):
        assert print_half(client, user, change) == ""
    link, code = (print_half(client, user, change) for user in (district.admin, district.final))
    assert "http" not in code and "activate" in link
    stored = str(list(Activation.objects.values()))
    assert link.rsplit("/", 2)[1] not in stored and code.replace("-", "") not in stored


def test_a_link_without_the_right_code_opens_nothing_and_five_tries_are_all(
    client, district, person
):
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    link = print_half(client, district.admin, change)
    assert activate(link, "").status_code == 200
    assert activate(link, "ABCD-EFGH-JKLM").status_code == 200, "no code was printed yet"
    code = print_half(client, district.final, change)
    for _try in range(5):
        assert activate(link, "ABCD-EFGH-JKLM").status_code == 200
    assert activate(link, code).status_code == 200, "too many wrong ones"
    assert not logs_in("person", PASSWORD)
    code = print_half(client, district.final, change)
    assert activate(link, code.lower()).status_code == 302, "as it is typed"


def test_a_new_print_ends_the_one_before_and_time_ends_both(client, district, person):
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    old = print_half(client, district.admin, change)
    link = print_half(client, district.admin, change)
    code = print_half(client, district.final, change)
    assert activate(old, code).status_code == 404
    Activation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert activate(link, code).status_code == 404
    assert print_half(client, district.admin, change) == ""


@pytest.mark.parametrize("password", ["short", "12345678901", "password"])
def test_a_bad_password_is_named_and_uses_nothing_up(client, district, person, password):
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    link = print_half(client, district.admin, change)
    code = print_half(client, district.final, change)
    answer = activate(link, code, password)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert activate(link, code).status_code == 302


def test_a_schools_reviewer_needs_the_code_unless_the_district_says_otherwise(
    client, district, person
):
    change = appoint(client, district, person, Role.SCHOOL_REVIEWER, district.schools[1])
    link = print_half(client, district.admin, change)
    assert activate(link, "").status_code == 200
    appoint(client, district, person, Role.SCHOOL_REVIEWER, district.schools[1], action="leave")
    ReviewSettings.objects.update(school_activation_code=False)
    change = appoint(client, district, person, Role.SCHOOL_REVIEWER, district.schools[1])
    link = print_half(client, district.admin, change)
    assert activate(link, "").status_code == 302
    assert logs_in("person", PASSWORD)


def test_a_link_alone_is_not_enough_for_a_higher_role(client, district, person):
    ReviewSettings.objects.update(school_activation_code=False)
    change = appoint(client, district, person, Role.SCHOOL_REVIEWER, district.schools[1])
    assert activate(print_half(client, district.admin, change), "").status_code == 302
    appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    assert not logs_in("person", PASSWORD), "whoever printed the link may have set it"


def test_who_leaves_and_comes_back_takes_the_account_over_again(client, district, person):
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    halves = [print_half(client, user, change) for user in (district.admin, district.final)]
    activate(*halves)
    appoint(client, district, person, Role.FINAL_APPROVER, district.home, action="leave")
    change = appoint(client, district, person, Role.FINAL_APPROVER, district.home)
    assert not logs_in("person", PASSWORD), "in between one administrator could set it"
    assert print_half(client, district.admin, change)


def test_a_second_role_asks_for_nothing_more(client, district, person):
    change = appoint(client, district, person, Role.SECTION_REVIEWER, district.home)
    activate(*[print_half(client, user, change) for user in (district.admin, district.final)])
    appoint(client, district, person, Role.POOL_REVIEWER, district.home)
    assert logs_in("person", PASSWORD)


# --- credentials of those who decide -------------------------------------------------------------


def test_one_administrator_sets_no_reviewers_password_or_address(client, district):
    final = district.final
    client.force_login(district.admin)
    form = {
        "username": "final",
        "email": "mine@example.org",
        "first_name": "朴",
        "last_name": "孙",
        "is_active": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    screen = client.get(reverse("wagtailusers_users:edit", args=[final.pk])).content.decode()
    assert 'name="password1"' not in screen
    client.post(reverse("wagtailusers_users:edit", args=[final.pk]), form)
    final.refresh_from_db()
    assert final.email == "" and not final.check_password(PASSWORD)
    with LogContext(user=district.admin):
        for name, value in (("password", "x"), ("email", "mine@example.org")):
            account = type(final).objects.get(pk=final.pk)
            setattr(account, name, value)
            with pytest.raises(PublishingRefused):
                account.save()


def test_the_own_password_and_address_are_ones_own(district):
    with LogContext(user=district.final):
        district.final.set_password(PASSWORD)
        district.final.email = "final@example.org"
        district.final.save()
    assert logs_in("final", PASSWORD)


def test_no_reset_letter_goes_to_who_decides(client, district):
    for name in ("final", "admin", "editor1"):
        user = getattr(district, name)
        type(user).objects.filter(pk=user.pk).update(email=f"{name}@example.org")
    answers = {
        client.post(reverse("wagtailadmin_password_reset"), {"email": f"{name}@example.org"}).url
        for name in ("final", "admin", "editor1", "nobody")
    }
    assert len(answers) == 1, "nothing tells whether an account exists"
    assert [letter.to for letter in mail.outbox] == [["editor1@example.org"]]


def test_a_lost_password_is_replaced_by_two(client, district):
    district.people["final2"] = create_user("final2", Role.FINAL_APPROVER, district.home)
    change = by_two(
        client,
        district.admin,
        district.final2,
        reverse("appointments_propose_credentials"),
        {"user": district.final.pk},
    )
    assert not logs_in("final", KNOWN_PASSWORD)
    activate(*[print_half(client, user, change) for user in (district.admin, district.final2)])
    assert logs_in("final", PASSWORD)


def test_an_address_changes_by_two(client, district):
    form = {"user": district.section.pk, "email": "neu@example.org"}
    address = reverse("appointments_propose_email")
    by_two(client, district.admin, district.final, address, form)
    district.section.refresh_from_db()
    assert district.section.email == "neu@example.org"


def test_switching_off_takes_one_switching_on_again_two(client, district):
    client.force_login(district.admin)
    form = {"username": "section", "email": "s@example.org", "first_name": "承", "last_name": "周"}
    address = reverse("wagtailusers_users:edit", args=[district.section.pk])
    type(district.section).objects.update(email="s@example.org")
    client.post(address, form)
    district.section.refresh_from_db()
    assert not district.section.is_active
    client.post(address, form | {"is_active": "on"})
    bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    client.post(f"{bulk}?id={district.section.pk}", {"mark_as_active": "True"})
    district.section.refresh_from_db()
    assert not district.section.is_active
    proposal = {"user": district.section.pk}
    switch_on = reverse("appointments_propose_switch_on")
    by_two(client, district.admin, district.final, switch_on, proposal)
    district.section.refresh_from_db()
    assert district.section.is_active
    assert not logs_in("section", KNOWN_PASSWORD), "the owner takes it over anew"

"""Changes of roles, rules, deputies and accounts: what is recorded, and who made them."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.log_actions import LogContext

from audit import verification
from audit.models import RecordEntry
from core.publishing.contexts import confirmed_change
from core.publishing.refusals import PublishingRefused
from roles.groups import role_group
from roles.models import Deputy, Level, LevelRule, Role, RoleGroup
from tests.helpers.content import Notice
from tests.helpers.district import brand_draft, decide, fresh, submit

TODAY = datetime.date.today


@pytest.fixture
def new_entries(district):
    """The entries that are written from now on."""
    last = RecordEntry.objects.last().pk
    return lambda: list(RecordEntry.objects.filter(pk__gt=last))


@pytest.fixture
def rule(district):
    return LevelRule.objects.get(in_school=True)


def deputy(district, user, **changes):
    return Deputy.objects.create(
        **{
            "level": Level.SCHOOL,
            "scope_key": district.schools[0].translation_key,
            "user": user,
            "starts_on": TODAY(),
            "ends_on": TODAY(),
            "reason": "出差",
        }
        | changes
    )


def user_form(user, **changes):
    # Nothing else is to change: the form asks for what an account here has none of.
    known = {"email": "x@example.org", "first_name": "青", "last_name": "王"}
    type(user).objects.filter(pk=user.pk).update(**known)
    fields = {
        "username": user.username,
        "email": "x@example.org",
        "first_name": "青",
        "last_name": "王",
        "is_active": "on" if user.is_active else "",
        "is_superuser": "on" if user.is_superuser else "",
        "groups": list(user.groups.values_list("pk", flat=True)),
    }
    return {name: value for name, value in (fields | changes).items() if value != ""}


def test_saving_without_changes_leaves_no_entry(district, rule, new_entries):
    rule.save()
    deputy(district, district.web_editor).save()
    district.section.save()
    district.section.groups.add(*district.section.groups.all())
    district.section.groups.remove(district.final.groups.get())
    district.section.groups.set(district.section.groups.all())
    assert [entry.kind for entry in new_entries()] == ["deputy"]


def test_groups_and_people_without_a_role_leave_no_entry(district, new_entries):
    group = Group.objects.create(name="合唱团")
    district.section.groups.add(group)
    group.user_set.clear()
    other = type(district.section).objects.create_user("other")
    other.is_active = False
    other.save()
    assert new_entries() == []


def test_a_changed_rule_is_recorded_with_before_and_after(district, rule, new_entries):
    rule.levels = ["section", "final"]
    rule.save()
    rule.delete()
    changed, deleted = new_entries()
    assert changed.kind == deleted.kind == "rule"
    assert changed.district_key == district.home.translation_key
    assert changed.detail["before"]["levels"] == ["school", "section", "final"]
    assert changed.detail["after"]["levels"] == ["section", "final"]
    assert (
        deleted.detail["before"]["levels"] == ["section", "final"] and not deleted.detail["after"]
    )
    assert list(verification.chain_problems()) == []


def test_joining_and_leaving_a_role_is_recorded_from_both_sides(district, new_entries):
    group = role_group(Role.FINAL_APPROVER, district.home)
    district.section.groups.add(group)
    group.user_set.remove(district.section)
    group.user_set.add(district.web_editor)
    group.user_set.clear()
    entries = new_entries()
    assert {entry.kind for entry in entries} == {"member"}
    changes = [(entry.detail["user"], entry.detail["after"]["member"]) for entry in entries]
    assert changes[:3] == [("section", True), ("section", False), ("web_editor", True)]
    assert sorted(changes[3:]) == [("final", False), ("web_editor", False)]
    assert all(entry.district_key == district.home.translation_key for entry in entries)
    assert all(district.home.title in entry.title for entry in entries)


def test_the_user_form_records_who_changed_what_for_whom(client, district, new_entries):
    client.force_login(district.admin)
    group = role_group(Role.WEB_EDITOR, district.home)
    address = reverse("wagtailusers_users:edit", args=[district.editor2.pk])
    form = user_form(district.editor2, groups=[group.pk])
    assert client.post(address, form).status_code == 302
    entries = [entry for entry in new_entries() if "role" in entry.detail]
    assert {entry.user_id for entry in entries} == {district.admin.pk}
    assert {entry.detail["user_id"] for entry in entries} == {district.editor2.pk}
    roles = {entry.detail["role"]: entry.detail["after"] for entry in entries}
    assert roles == {"school_editor": {"member": False}, "web_editor": {"member": True}}
    assert list(verification.find_problems()) == []


def test_setting_a_reviewers_password_is_recorded_without_the_password(district, new_entries):
    final = district.final
    final.email = "other@example.org"
    final.set_password("Neu-und-lang-99")
    with LogContext(user=district.admin), confirmed_change():
        final.save()
    entries = new_entries()
    assert [entry.detail["after"] for entry in entries] == [{"password": "set"}, {"email": "set"}]
    assert {entry.user_id for entry in entries} == {district.admin.pk}
    details = str([entry.detail for entry in entries])
    assert "other@" not in details and "pbkdf2" not in details and "Neu-" not in details
    recipients = set(Notice.objects.filter(kind="account").values_list("user__username", flat=True))
    assert recipients == {"final"}


def test_only_an_administrator_renames_a_reviewer_and_that_is_recorded(district, new_entries):
    final = district.final
    final.first_name = "见www.example.com"
    with LogContext(user=final), pytest.raises(PublishingRefused):
        final.save()
    final.first_name = "朴"
    with LogContext(user=district.admin):
        final.save()
    [entry] = new_entries()
    assert (entry.user_id, entry.detail["after"]) == (district.admin.pk, {"first_name": "朴"})
    # Whoever decides nothing has a name of their own.
    district.editor1.first_name = "小青"
    with LogContext(user=district.editor1):
        district.editor1.save()


def test_changing_the_own_password_leaves_no_entry(client, district, new_entries):
    district.final.set_password("Neu-und-lang-99")
    with LogContext(user=district.final):
        district.final.save()
    assert client.login(username="final", password="Neu-und-lang-99")
    assert new_entries() == []


def test_deactivating_and_activating_an_account_is_recorded(client, district, new_entries):
    client.force_login(district.admin)
    type(district.final).objects.filter(pk=district.final.pk).update(email="f@example.org")
    address = reverse("wagtailusers_users:edit", args=[district.final.pk])
    client.post(address, user_form(district.final, is_active="", groups=[]))
    final = type(district.final).objects.get(pk=district.final.pk)
    final.is_active = True
    with LogContext(user=district.admin), confirmed_change():
        final.save()
    changes = [entry.detail["after"] for entry in new_entries()]
    assert [change for change in changes if "is_active" in change] == [
        {"is_active": False},
        {"is_active": True},
    ]


def test_deactivating_accounts_in_bulk_is_recorded(client, district, new_entries):
    client.force_login(district.admin)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    people = f"?id={district.final.pk}&id={district.section.pk}"
    client.post(address + people, {"mark_as_active": "False"})
    district.final.refresh_from_db()
    assert not district.final.is_active
    recorded = {(entry.detail["user"], entry.user_id) for entry in new_entries()}
    assert recorded == {("final", district.admin.pk), ("section", district.admin.pk)}


def test_a_deleted_account_leaves_its_roles_on_the_record(district, new_entries):
    key = district.colleague.pk
    district.colleague.delete()
    [entry] = new_entries()
    assert entry.detail["user_id"] == key and entry.detail["after"] == {"member": False}


def test_deleting_a_role_group_records_that_its_members_leave(district, new_entries):
    RoleGroup.objects.get(role=Role.FINAL_APPROVER).delete()
    assert [entry.detail["user"] for entry in new_entries()] == ["final"]


def test_naming_changing_and_deleting_a_deputy_is_recorded(district, new_entries):
    one = deputy(district, district.web_editor)
    one.reason = "病假"
    one.save()
    one.delete()
    new, changed, deleted = new_entries()
    assert {new.kind, changed.kind, deleted.kind} == {"deputy"}
    assert new.district_key == district.home.translation_key
    assert district.schools[0].title in new.title and "web_editor" in new.title
    assert (changed.detail["before"]["reason"], changed.detail["after"]["reason"]) == (
        "出差",
        "病假",
    )
    assert deleted.detail["after"] is None


def test_a_deputys_decision_is_recorded_as_a_deputys(district):
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    deputy(district, district.web_editor)
    assert decide(fresh(page), district.web_editor) is None
    assert decide(fresh(page), district.section) is None
    by_deputy, regular = RecordEntry.objects.filter(kind="approval")
    assert by_deputy.user_role != regular.user_role
    assert "deputy" in by_deputy.user_role or "代理" in by_deputy.user_role
    assert "deputy" not in regular.user_role and "代理" not in regular.user_role

"""The urgent path: two people now, a third person's check within a day, listed until done."""

import pytest
from django.urls import reverse

from audit import verification
from audit.models import RecordEntry
from publication.models import UrgentItem
from review.domain import corrections
from roles.groups import role_group
from roles.models import Level, LevelRule, Role
from tests.helpers.district import build_decision, decide, fresh
from tests.helpers.publish_attempts import current_level


def mark(client, user, page, reason="今晚有暴雨，家长须知。"):
    client.force_login(user)
    state = fresh(page).current_workflow_task_state
    return client.post(reverse("urgency_mark", args=[state.pk]), {"reason": reason})


def check(client, user, outcome="fine", opinion=""):
    client.force_login(user)
    form = {"urgency": UrgentItem.objects.get().pk, "outcome": outcome, "opinion": opinion}
    return client.post(reverse("urgency_checks"), form)


def check_count() -> int:
    return RecordEntry.objects.filter(kind="look").count()


@pytest.fixture
def public(client, district, waiting):
    """Urgent, and public by the section and the final approver."""
    mark(client, district.section2, waiting)
    for person in (district.section, district.final):
        assert decide(fresh(waiting), person) is None
    return fresh(waiting)


def test_the_school_does_not_mark_and_neither_does_an_author(client, district, waiting):
    for name in ("editor1", "reviewer1", "reviewer2", "web_editor", "admin"):
        mark(client, getattr(district, name), waiting)
    district.editor1.groups.add(role_group(Role.SECTION_REVIEWER, district.home))
    mark(client, district.editor1, waiting)
    assert not UrgentItem.objects.exists()


def test_a_reason_is_needed_and_once_is_enough(client, district, waiting):
    mark(client, district.section, waiting, reason=" ")
    assert not UrgentItem.objects.exists()
    mark(client, district.section, waiting)
    mark(client, district.final, waiting)
    assert RecordEntry.objects.filter(kind="urgent").count() == 1


def test_an_urgent_item_goes_on_at_once_and_still_needs_two_people(client, district, waiting):
    assert current_level(waiting) == Level.SCHOOL
    mark(client, district.section, waiting)
    assert current_level(waiting) == Level.SECTION
    district.section.groups.add(*district.final.groups.all())
    assert decide(fresh(waiting), district.section) is None
    assert decide(fresh(waiting), district.section) is not None
    assert not fresh(waiting).live
    assert decide(fresh(waiting), district.final) is None
    assert fresh(waiting).live
    published = RecordEntry.objects.get(kind="publication", page_id=waiting.pk)
    assert published.urgent
    assert published.levels == ["section", "final"]
    assert list(verification.find_problems()) == []


def deactivate(*people):
    for person in people:
        person.is_active = False
        person.save()


def test_where_nobody_could_check_it_an_item_is_not_marked(client, district, waiting):
    deactivate(district.section2, district.reviewer1)
    mark(client, district.section, waiting)
    assert not UrgentItem.objects.exists()
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.add(district.web_editor)
    mark(client, district.section, waiting)
    assert UrgentItem.objects.exists()


@pytest.mark.usefixtures("english")
def test_a_check_whose_people_have_left_stays_on_the_list_of_who_can_mend_it(
    client, district, public
):
    deactivate(district.section2, district.reviewer1)
    for name, sees in (("final", True), ("admin", True), ("section", False), ("editor1", False)):
        client.force_login(getattr(district, name))
        response = client.get(reverse("urgency_checks"))
        assert (public.title in response.content.decode()) is sees, name
        assert 'name="outcome"' not in response.content.decode()
    client.force_login(district.final)
    response = client.get(reverse("urgency_checks"))
    assert "Nobody is left who may check it" in response.content.decode()


def test_only_who_can_withdraw_is_offered_it(client, district, public):
    withdraw = reverse("publication_withdraw", args=[public.pk])
    for name, offered in (("section2", False), ("final", True)):
        client.force_login(getattr(district, name))
        assert (withdraw in client.get(reverse("urgency_checks")).content.decode()) is offered


def test_the_review_report_says_how_the_check_ended(client, district, public):
    check(client, district.section2, "wrong", "数字有误。")
    client.force_login(district.final)
    number = UrgentItem.objects.get().workflow_state_id
    report = client.get(reverse("audit_review_report", args=[number])).content.decode()
    assert "有问题" in report
    assert "有问题" in client.get(reverse("audit_record")).content.decode()


def test_the_districts_own_urgent_levels_apply(client, district, waiting):
    rule = LevelRule.objects.get(in_school=True)
    rule.urgent_levels = [Level.SCHOOL, Level.FINAL]
    rule.save()
    mark(client, district.final, waiting)
    assert current_level(waiting) == Level.SCHOOL
    assert decide(fresh(waiting), district.reviewer1) is None
    assert current_level(waiting) == Level.FINAL


def test_who_wrote_or_approved_or_stands_outside_does_not_check(client, district, public):
    for name in ("editor1", "section", "final", "reviewer2", "web_editor", "admin"):
        check(client, getattr(district, name))
    assert check_count() == 0


def test_whose_suggestion_was_taken_over_does_not_check(client, district, waiting):
    """An author by suggestion alone: no version of the text bears their name."""
    group = role_group(Role.SCHOOL_REVIEWER, district.schools[0])
    group.user_set.add(district.web_editor)
    text = waiting.get_latest_revision_as_object()
    text.slogan = "审核人写的话"
    digest = build_decision(waiting).digest
    state = waiting.current_workflow_task_state
    corrections.suggest(state, district.reviewer1, text, "改一句。", digest)
    corrections.accept(fresh(waiting), district.editor1)
    mark(client, district.section2, waiting)
    for person in (district.section, district.final):
        assert decide(fresh(waiting), person) is None
    check(client, district.reviewer1)
    assert check_count() == 0
    check(client, district.web_editor)
    assert check_count() == 1


def test_what_is_not_in_order_needs_words(client, district, public):
    check(client, district.section2, "wrong")
    assert check_count() == 0
    check(client, district.section2, "wrong", "日期写错了。")
    entry = RecordEntry.objects.get(kind="look")
    assert entry.detail == {"in_order": False}
    assert entry.user_name == str(district.section2)


def test_a_check_is_listed_until_somebody_made_it(client, district, public):
    assert UrgentItem.objects.get().check_due_at
    client.force_login(district.reviewer1)
    address = reverse("urgency_checks")
    assert public.title in client.get(address).content.decode()
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    check(client, district.reviewer1)
    check(client, district.section2)
    assert check_count() == 1
    assert public.title not in client.get(address).content.decode().split("<main")[1]
    assert list(verification.find_problems()) == []

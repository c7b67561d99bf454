"""Setting the rules of review: by whom, which mistakes are named, and that what waits follows."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import TaskState, WorkflowState

from audit import verification
from audit.models import RecordEntry
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import by_two, decide_on
from core.publishing.contexts import publishing
from core.publishing.refusals import PublishingRefused
from review import queue
from review.models.queue import QueueItem
from roles.models import LevelRule
from tests.helpers.content import BrandPage
from tests.helpers.district import brand_draft, decide, fresh, submit

LEVELS = ["school", "section", "final"]
OTHERS = ["editor1", "reviewer1", "section", "final", "web_editor"]


@pytest.fixture
def rule(district):
    return LevelRule.objects.get(in_school=True)


@pytest.fixture
def waiting(district):
    """One item at each level, in their order."""
    pages = [
        brand_draft(district.schools[0], district.editor1, title=f"第{number}个", kind=kind)
        for number, kind in enumerate(["school", "branch", "branch"])
    ]
    for page in pages:
        submit(page, district.editor1)
    assert decide(fresh(pages[1]), district.reviewer1) is None
    assert decide(fresh(pages[2]), district.reviewer1) is None
    assert decide(fresh(pages[2]), district.section) is None
    assert levels_of(pages) == LEVELS
    return pages


def levels_of(pages):
    """Where each item stands in the queue; None if it waits no more."""
    levels = dict(QueueItem.objects.values_list("page_id", "level"))
    return [levels.get(page.pk) for page in pages]


def levels_by_wagtail(pages):
    states = [fresh(page).current_workflow_task_state for page in pages]
    return [state.task.specific.level if state else None for state in states]


def change(client, district, rule, *levels, **more):
    """Propose as an administrator, confirm as a final approver; the confirmer's screen."""
    client.force_login(district.admin)
    form = {"levels": levels, "reason": "区委决定。", **more}
    address = reverse("level_rules_edit", args=[rule.pk])
    assert client.post(address, form).status_code == 302
    return decide_on(client, district.final, ChangeRequest.objects.latest("pk"), follow=True)


def change_by_two(client, district, address, **form):
    by_two(client, district.admin, district.final, address, form)


# --- who may, and what is refused ----------------------------------------------------------------


@pytest.mark.parametrize("name", OTHERS)
def test_only_administrators_set_rules(client, district, rule, name):
    client.force_login(getattr(district, name))
    assert client.get(reverse("level_rules_list")).status_code == 302
    for address in ("level_rules_edit", "level_rules_delete"):
        assert client.get(reverse(address, args=[rule.pk])).status_code == 302
        client.post(reverse(address, args=[rule.pk]), {"levels": ["school", "section"]})
    client.post(reverse("level_rules_add"), new_rule(district))
    assert LevelRule.objects.count() == 2
    rule.refresh_from_db()
    assert rule.levels == LEVELS


def new_rule(district, **changes):
    return {
        "district_key": str(district.home.translation_key),
        "in_school": "1",
        "content_type": ContentType.objects.get_for_model(BrandPage).pk,
        "levels": ["section", "final"],
        "reason": "区委决定。",
    } | changes


def test_one_administrator_alone_changes_no_rule(client, district, rule, waiting):
    client.force_login(district.admin)
    form = {"levels": ["school", "section"], "reason": "快一点。"}
    client.post(reverse("level_rules_edit", args=[rule.pk]), form)
    change_request = ChangeRequest.objects.get()
    decide_on(client, district.admin, change_request)
    rule.refresh_from_db()
    assert rule.levels == LEVELS and levels_of(waiting) == LEVELS
    with LogContext(user=district.admin), pytest.raises(PublishingRefused):
        rule.levels = ["school", "section"]
        rule.save()
    decide_on(client, district.section, change_request)
    change_request.refresh_from_db()
    assert change_request.is_pending, "levels concern the final approvers"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("levels", {"levels": []}),
        ("levels", {"levels": ["final"]}),
        ("levels", {"levels": ["final", "emperor"]}),
        ("urgent_levels", {"urgent_levels": ["final"]}),
        ("urgent_levels", {"urgent_levels": ["school", "final"]}),
        ("in_school", {"in_school": ""}),
        ("district_key", {"district_key": "x"}),
        ("content_type", {"content_type": ""}),
        ("content_type", {"content_type": "999999"}),
        ("reason", {"reason": ""}),
    ],
)
def test_a_wrong_rule_is_named_and_nothing_changes(client, district, field, changes):
    client.force_login(district.admin)
    answer = client.post(reverse("level_rules_add"), new_rule(district, **changes))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert str(answer.context["form"].errors[field][0]) in answer.content.decode()
    assert LevelRule.objects.count() == 2


def test_where_a_rule_applies_cannot_be_changed_under_it(client, district, rule):
    client.force_login(district.admin)
    elsewhere = new_rule(district, in_school="0") | {"levels": LEVELS[:2]}
    change(client, district, rule, *LEVELS[:2], **elsewhere)
    rule.refresh_from_db()
    assert (rule.in_school, rule.content_type, rule.levels) == (True, None, LEVELS[:2])


# --- what waits ----------------------------------------------------------------------------------


def test_from_three_levels_to_two_nothing_gets_stuck(client, district, rule, waiting):
    client.force_login(district.admin)
    change(client, district, rule, "section", "final")
    assert levels_of(waiting) == levels_by_wagtail(waiting) == ["section", "section", "final"]
    assert TaskState.objects.filter(status="in_progress").count() == 3
    for page in waiting[:2]:
        assert decide(fresh(page), district.section2) is None
    for page in waiting:
        assert decide(fresh(page), district.final) is None
        assert fresh(page).live
    assert list(verification.find_problems()) == []
    [entry] = RecordEntry.objects.filter(kind="rule", pk__gt=first_submission())
    assert entry.user_id == district.final.pk


def first_submission():
    return RecordEntry.objects.filter(kind="submission").first().pk


def test_the_middle_level_goes_and_its_item_goes_on(client, district, rule, waiting):
    client.force_login(district.admin)
    change(client, district, rule, "school", "final")
    assert levels_of(waiting) == levels_by_wagtail(waiting) == ["school", "final", "final"]
    assert queue.waiting_for(district.section).count() == 0


def test_the_administrator_publishes_nothing_by_taking_a_level_away(
    client, district, rule, waiting
):
    client.force_login(district.admin)
    change(client, district, rule, "school", "section")
    assert levels_of(waiting) == ["school", "section", "final"]
    assert not any(fresh(page).live for page in waiting)
    assert decide(fresh(waiting[2]), district.final, "reject", "规则变了，请重新送审。") is None
    assert list(verification.find_problems()) == []


def test_what_may_not_become_public_stays_and_can_be_returned(client, district, rule, waiting):
    client.force_login(district.admin)
    page = waiting[2]
    with publishing(district.schools[0]):
        school = fresh(district.schools[0])
        school.live = False
        school.save()
    answer = change(client, district, rule, "school", "section")
    assert page.title in answer.content.decode()
    assert not fresh(page).live and levels_of([page]) == ["final"]
    assert decide(fresh(page), district.final) is not None
    assert decide(fresh(page), district.final, "reject", "学校页面已撤下。") is None
    assert fresh(page).current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES


def test_levels_that_are_added_are_owed_by_what_waits_later(client, district, rule):
    rule.levels = ["section", "final"]
    rule.save()
    pages = [
        brand_draft(district.schools[0], district.editor1, title=f"第{number}个", kind=kind)
        for number, kind in enumerate(["school", "branch"])
    ]
    for page in pages:
        submit(page, district.editor1)
    assert decide(fresh(pages[1]), district.section) is None
    assert levels_of(pages) == ["section", "final"]
    client.force_login(district.admin)
    change(client, district, rule, *LEVELS)
    assert levels_of(pages) == levels_by_wagtail(pages) == ["school", "school"]
    assert decide(fresh(pages[1]), district.reviewer1) is None
    assert levels_of(pages) == ["school", "final"]
    assert decide(fresh(pages[1]), district.final) is None
    assert fresh(pages[1]).live and list(verification.find_problems()) == []


def test_a_special_rule_counts_for_its_kind_and_goes_again(client, district, rule, waiting):
    client.force_login(district.admin)
    change_by_two(client, district, reverse("level_rules_add"), **new_rule(district))
    assert levels_of(waiting) == ["section", "section", "final"]
    special = LevelRule.objects.exclude(content_type=None).get()
    client.force_login(district.admin)
    assert client.get(reverse("level_rules_delete", args=[special.pk])).status_code == 200
    assert LevelRule.objects.filter(pk=special.pk).exists(), "asking deletes nothing"
    change_by_two(client, district, reverse("level_rules_delete", args=[special.pk]))
    assert levels_of(waiting) == levels_by_wagtail(waiting) == ["school", "section", "final"]


def test_without_any_rule_everything_waits_where_it_is(client, district, rule, waiting):
    client.force_login(district.admin)
    change_by_two(client, district, reverse("level_rules_delete", args=[rule.pk]))
    assert levels_of(waiting) == LEVELS
    assert decide(fresh(waiting[2]), district.final) is not None
    again = new_rule(district, content_type="", levels=LEVELS)
    change_by_two(client, district, reverse("level_rules_add"), **again)
    assert decide(fresh(waiting[2]), district.final) is None


def test_the_screens_say_what_is_in_force(client, district, rule):
    client.force_login(district.admin)
    listed = client.get(reverse("level_rules_list")).content.decode()
    assert str(rule) in listed and district.home.title in listed
    form = client.get(reverse("level_rules_edit", args=[rule.pk]))
    assert form.content.decode().count("checked") >= 3
    assert client.get(reverse("level_rules_edit", args=[0])).status_code == 404

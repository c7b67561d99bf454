"""Deciding past the rules, and the people and containers that review rests on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, GroupApprovalTask, Site, Task

from moderation import decisions, gate
from moderation.models import Level, RecordEntry
from tests.attacks import EVERYBODY, level_of, public_page, waiting_page
from tests.district import brand_draft, brand_form, decide, fresh, read, submit


def test_a_reviewer_does_not_cancel_without_a_word(calm_client, district):
    page = waiting_page(district)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    post = brand_form() | {"action-cancel-workflow": "1", "slogan": "偷换的文字"}
    for person in (district.reviewer1, district.colleague, district.section, district.admin):
        calm_client.force_login(person)
        calm_client.post(edit, post)
        assert level_of(page) == Level.SCHOOL
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_author_calls_an_item_back(calm_client, district):
    page = waiting_page(district)
    calm_client.force_login(district.editor1)
    calm_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        brand_form() | {"action-cancel-workflow": "1"},
    )
    assert fresh(page).current_workflow_state is None


def test_the_edit_form_decides_nothing(calm_client, district):
    page = waiting_page(district)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for person in (district.reviewer1, district.editor1, district.admin):
        calm_client.force_login(person)
        for action in ("approve", "reject"):
            extra = {"action-workflow-action": "1", "workflow-action-name": action}
            calm_client.post(edit, brand_form() | extra | {"slogan": "偷换的文字"})
    assert level_of(page) == Level.SCHOOL
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_second_of_two_simultaneous_approvals_is_refused(district):
    """Both have read the item as waiting; on PostgreSQL the second waits for a lock, then reads."""
    page = waiting_page(district)
    first, second = (fresh(page).current_workflow_task_state.specific for _turn in range(2))
    second.workflow_state.refresh_from_db()
    text = read(fresh(page))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        decisions.decide(first, district.reviewer1, text)
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in queries)
    with pytest.raises(gate.Refused):
        decisions.decide(second, district.reviewer1, text)
    assert level_of(page) == Level.SECTION
    assert RecordEntry.objects.filter(page_id=page.pk, kind="approval").count() == 1


def test_who_was_deactivated_decides_nothing(calm_client, district):
    page = waiting_page(district)
    calm_client.force_login(district.reviewer1)
    district.reviewer1.is_active = False
    district.reviewer1.save()
    state = page.current_workflow_task_state
    calm_client.post(reverse("moderation_decide", args=[state.pk]), {"action": "approve"})
    assert decide(page, district.reviewer1) is not None
    assert level_of(page) == Level.SCHOOL


def test_a_page_moved_to_another_school_is_reviewed_there_from_the_start(calm_client, district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    calm_client.force_login(district.admin)
    destination = district.schools[1]
    calm_client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk]))
    assert fresh(page).get_parent().pk == destination.pk
    assert decide(fresh(page), district.section) is not None
    assert decide(fresh(page), district.section, "reject", "换了学校，请重新送审。") is None
    fresh(page).current_workflow_state.resume(district.editor2)
    assert decide(fresh(page), district.reviewer1) is not None
    assert decide(fresh(page), district.reviewer2) is None


def test_the_committee_decides_in_both_languages(district):
    from home.models import HomePage, StandardPage

    english = HomePage.objects.get(locale__language_code="en")
    page = StandardPage(title="About", body=[("paragraph", "<p>About.</p>")], live=False)
    english.add_child(instance=page)
    page.save_revision(user=district.web_editor)
    submit(page, district.web_editor)
    assert level_of(page) == Level.SECTION
    for stranger in (district.reviewer1, district.web_editor, district.admin, district.final):
        assert decide(fresh(page), stranger) is not None
    assert decide(fresh(page), district.section) is None
    assert decide(fresh(page), district.final) is None
    assert fresh(page).live


def test_another_workflow_does_not_publish(calm_client, district):
    """The administrator gives the school a workflow with one task, held by the editor's group."""
    task = GroupApprovalTask.objects.create(name="一步")
    task.groups.set(district.editor1.groups.all())
    calm_client.force_login(district.admin)
    calm_client.post(
        reverse("wagtailadmin_workflows:add"),
        {
            "name": "一步", "active": "on",
            "workflow_tasks-TOTAL_FORMS": 1, "workflow_tasks-INITIAL_FORMS": 0,
            "workflow_tasks-MIN_NUM_FORMS": 0, "workflow_tasks-MAX_NUM_FORMS": 1000,
            "workflow_tasks-0-task": task.pk, "workflow_tasks-0-ORDER": 1,
            "pages-TOTAL_FORMS": 1, "pages-INITIAL_FORMS": 0,
            "pages-MIN_NUM_FORMS": 0, "pages-MAX_NUM_FORMS": 1000,
            "pages-0-page": district.schools[0].pk,
        },
    )  # fmt: skip
    page = brand_draft(district.schools[0], district.editor1)
    assert page.get_workflow().name == "一步", "the attack did not even begin"
    submit(page, district.editor1)
    state = fresh(page).current_workflow_task_state
    for person in (district.editor1, district.colleague, district.admin):
        calm_client.force_login(person)
        calm_client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {}
        )
    assert not fresh(page).live


def test_nobody_but_the_administrator_makes_review_tasks(calm_client, district):
    """Wagtail opens its chooser of tasks, with a form to make one, to everybody in the admin."""
    form = {"create-task-name": "一步", "create-task-groups": district.section.groups.get().pk}
    address = reverse("wagtailadmin_workflows:task_chooser_create")
    kind = "?create_model=wagtailcore.groupapprovaltask"

    def makes_one(person):
        calm_client.force_login(getattr(district, person))
        calm_client.post(address + kind, form)
        return Task.objects.filter(name="一步").exists()

    assert not [person for person in EVERYBODY[:-1] if makes_one(person)]
    assert makes_one("admin"), "the attack has lost its teeth"


def test_switching_the_workflow_off_and_on_publishes_nothing(calm_client, district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    workflow, home = page.get_workflow(), district.home
    calm_client.force_login(district.admin)
    for name, args in (
        *[("disable_task", [task.pk]) for task in Task.objects.all()],
        *[("enable_task", [task.pk]) for task in Task.objects.all()],
        ("disable", [workflow.pk]),
        ("enable", [workflow.pk]),
        ("remove", [home.pk, workflow.pk]),
    ):
        calm_client.post(reverse(f"wagtailadmin_workflows:{name}", args=args))
        assert not fresh(page).live


def test_deleting_who_decided_leaves_page_and_record(calm_client, district):
    page = public_page(district)
    calm_client.force_login(district.admin)
    for person in ("editor1", "reviewer1", "section", "final"):
        calm_client.post(reverse("wagtailusers_users:delete", args=[getattr(district, person).pk]))
    assert fresh(page).live
    names = RecordEntry.objects.filter(page_id=page.pk).values_list("user_name", flat=True)
    assert list(names) == ["reviewer1", "section", "final", "final"]


def test_groups_of_roles_and_collections_of_schools_stay(calm_client, district):
    calm_client.force_login(district.admin)
    groups = list(district.section.groups.all())
    collection = district.schools[0].collection
    for group in groups:
        calm_client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    calm_client.post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))
    assert list(district.section.groups.all()) == groups
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_only_the_administrator_reaches_sites(calm_client, district):
    site = Site.objects.get()
    form = {"hostname": "x", "port": 80, "site_name": "x", "root_page": district.schools[0].pk}
    for person in EVERYBODY[:-1]:
        calm_client.force_login(getattr(district, person))
        calm_client.post(reverse("wagtailsites:edit", args=[site.pk]), form)
        calm_client.post(reverse("wagtailsites:delete", args=[site.pk]))
    assert Site.objects.get().root_page_id == district.home.pk

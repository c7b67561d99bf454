"""Attempts to decide against the rules, or to change the people and groups that decide."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from admin_policy.closed_views import DECISION_VIEW
from admin_policy.tests.helpers import is_shown
from audit.models import RecordEntry
from core.publishing import model_guards
from core.publishing.contexts import confirmed_change
from core.publishing.refusals import Refused
from review.domain import decisions
from roles.models import Level
from tests.helpers.district import brand_draft, brand_form, build_decision, decide, fresh, submit
from tests.helpers.publish_attempts import USERNAMES, current_level, public_page, waiting_page


def test_a_reviewer_does_not_cancel_a_submission(non_raising_client, district):
    page = waiting_page(district)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    post = brand_form() | {"action-cancel-workflow": "1", "slogan": "偷换的文字"}
    for person in (district.reviewer1, district.colleague, district.section, district.admin):
        non_raising_client.force_login(person)
        non_raising_client.post(edit, post)
        assert current_level(page) == Level.SCHOOL
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_author_calls_an_item_back(non_raising_client, district):
    page = waiting_page(district)
    non_raising_client.force_login(district.editor1)
    non_raising_client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        brand_form() | {"action-cancel-workflow": "1"},
    )
    assert fresh(page).current_workflow_state is None


def test_the_edit_form_decides_nothing(non_raising_client, district):
    page = waiting_page(district)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for person in (district.reviewer1, district.editor1, district.admin):
        non_raising_client.force_login(person)
        for action in ("approve", "reject"):
            extra = {"action-workflow-action": "1", "workflow-action-name": action}
            non_raising_client.post(edit, brand_form() | extra | {"slogan": "偷换的文字"})
    assert current_level(page) == Level.SCHOOL
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_second_of_two_simultaneous_approvals_is_refused(district):
    """Both have read the item as waiting; on PostgreSQL the second waits for a lock, then reads."""
    page = waiting_page(district)
    first, second = (fresh(page).current_workflow_task_state.specific for _turn in range(2))
    second.workflow_state.refresh_from_db()
    text = build_decision(fresh(page))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        decisions.decide(first, district.reviewer1, text)
    if connection.features.has_select_for_update:
        assert any("FOR UPDATE" in query["sql"] for query in queries)
    with pytest.raises(Refused):
        decisions.decide(second, district.reviewer1, text)
    assert current_level(page) == Level.SECTION
    assert RecordEntry.objects.filter(page_id=page.pk, kind="approval").count() == 1


def test_a_deactivated_reviewer_decides_nothing(non_raising_client, district):
    page = waiting_page(district)
    non_raising_client.force_login(district.reviewer1)
    district.reviewer1.is_active = False
    district.reviewer1.save()
    state = page.current_workflow_task_state
    non_raising_client.post(reverse("review_decide", args=[state.pk]), {"action": "approve"})
    assert decide(page, district.reviewer1) is not None
    assert current_level(page) == Level.SCHOOL


def test_a_page_is_not_moved_while_it_waits(non_raising_client, district):
    page = waiting_page(district)
    non_raising_client.force_login(district.admin)
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, district.schools[1].pk])
    non_raising_client.post(move)
    assert fresh(page).path == page.path


def test_a_page_moved_to_another_school_is_reviewed_there_from_the_start(district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    destination = district.schools[1]
    fresh(page).move(destination, pos="last-child")
    assert fresh(page).get_parent().pk == destination.pk
    assert decide(fresh(page), district.section) is not None
    assert decide(fresh(page), district.section, "reject", "换了学校，请重新送审。") is None
    fresh(page).current_workflow_state.resume(district.editor2)
    assert decide(fresh(page), district.reviewer1) is not None
    assert decide(fresh(page), district.reviewer2) is None


def test_the_committee_decides_in_both_languages(district):
    from tests.helpers.content import HomePage, StandardPage

    english = HomePage.objects.get(locale__language_code="en")
    page = StandardPage(title="About", body=[("paragraph", "<p>About.</p>")], live=False)
    english.add_child(instance=page)
    page.save_revision(user=district.web_editor)
    submit(page, district.web_editor)
    assert current_level(page) == Level.SECTION
    for stranger in (district.reviewer1, district.web_editor, district.admin, district.final):
        assert decide(fresh(page), stranger) is not None
    assert decide(fresh(page), district.section) is None
    assert decide(fresh(page), district.final) is None
    assert fresh(page).live


def test_another_workflow_does_not_publish(non_raising_client, district):
    """Somebody with the database gives the school a workflow with one task, held by its editors."""
    with confirmed_change():
        task = GroupApprovalTask.objects.create(name="一步")
        task.groups.set(district.editor1.groups.all())
        workflow = Workflow.objects.create(name="一步")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        WorkflowPage.objects.create(workflow=workflow, page_id=district.schools[0].pk)
    page = brand_draft(district.schools[0], district.editor1)
    assert page.get_workflow().name == "一步", "the attempt did not even begin"
    submit(page, district.editor1)
    state = fresh(page).current_workflow_task_state
    for person in (district.editor1, district.colleague, district.admin):
        non_raising_client.force_login(person)
        non_raising_client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {}
        )
    with pytest.raises(PermissionDenied):
        state.approve(user=district.colleague)
    assert not fresh(page).live


WORKFLOW_ROWS = (Workflow, WorkflowTask, WorkflowPage, Task)


def test_workflows_and_tasks_are_closed_to_everybody(non_raising_client, district):
    """Wagtail opens its chooser of tasks, with a form to make one, to everybody in the admin."""
    form = {"create-task-name": "一步", "create-task-groups": district.section.groups.get().pk}
    kind = "?create_model=wagtailcore.groupapprovaltask"
    before = [list(model.objects.values()) for model in WORKFLOW_ROWS]
    workflow = Workflow.objects.get()
    for person in USERNAMES:
        non_raising_client.force_login(getattr(district, person))
        non_raising_client.post(reverse("wagtailadmin_workflows:task_chooser_create") + kind, form)
        non_raising_client.post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
        shown = non_raising_client.get(reverse("wagtailadmin_workflows:index"), follow=True)
        assert shown.redirect_chain
        assert is_shown(shown.content.decode(), model_guards.WORKFLOWS_FIXED)
    assert [list(model.objects.values()) for model in WORKFLOW_ROWS] == before


def test_wagtails_own_decide_buttons_lead_a_reviewer_to_the_decision_view(
    non_raising_client, district
):
    page = waiting_page(district)
    state = page.current_workflow_task_state
    decide_here = reverse("review_decide", args=[state.pk])
    action = [page.pk, "approve", state.pk]
    addresses = [
        reverse("wagtailadmin_pages:workflow_action", args=action),
        reverse("wagtailadmin_pages:collect_workflow_action_data", args=action),
        reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk]),
    ]
    non_raising_client.force_login(district.reviewer1)
    for address in addresses:
        response = non_raising_client.post(address, follow=True)
        assert response.redirect_chain == [(decide_here, 302)]
        assert is_shown(response.content.decode(), DECISION_VIEW)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for action_name in ("approve", "reject"):
        buttons = {"action-workflow-action": "1", "workflow-action-name": action_name}
        response = non_raising_client.post(edit, brand_form() | buttons, follow=True)
        assert response.redirect_chain == [(decide_here, 302)]
        assert is_shown(response.content.decode(), DECISION_VIEW)
    non_raising_client.force_login(district.section)
    response = non_raising_client.post(addresses[0], follow=True)
    assert response.status_code == 200
    assert is_shown(response.content.decode(), DECISION_VIEW)
    assert current_level(page) == Level.SCHOOL


def test_switching_the_workflow_off_and_on_publishes_nothing(non_raising_client, district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    workflow, home = page.get_workflow(), district.home
    non_raising_client.force_login(district.admin)
    for name, args in (
        *[("disable_task", [task.pk]) for task in Task.objects.all()],
        *[("enable_task", [task.pk]) for task in Task.objects.all()],
        ("disable", [workflow.pk]),
        ("enable", [workflow.pk]),
        ("remove", [home.pk, workflow.pk]),
    ):
        non_raising_client.post(reverse(f"wagtailadmin_workflows:{name}", args=args))
        assert not fresh(page).live


def test_an_account_that_wrote_or_decided_is_not_deleted(non_raising_client, district):
    page = public_page(district)
    non_raising_client.force_login(district.admin)
    for person in ("editor1", "reviewer1", "section", "final"):
        address = reverse("wagtailusers_users:delete", args=[getattr(district, person).pk])
        response = non_raising_client.post(address, follow=True)
        assert response.status_code == 200
        assert f"“{person}”" in response.content.decode(), "the reason names who stays"
    assert fresh(page).live
    names = RecordEntry.objects.filter(page_id=page.pk).values_list("user_name", flat=True)
    assert list(names) == ["editor1", "reviewer1", "section", "final", "final"]
    assert not Revision.objects.filter(object_id=str(page.pk), user=None).exists()


def test_groups_of_roles_and_collections_of_schools_stay(non_raising_client, district):
    non_raising_client.force_login(district.admin)
    groups = list(district.section.groups.all())
    collection = district.schools[0].collection
    for group in groups:
        non_raising_client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    non_raising_client.post(reverse("wagtailadmin_collections:delete", args=[collection.pk]))
    assert list(district.section.groups.all()) == groups
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_only_the_administrator_reaches_sites(non_raising_client, district):
    site = Site.objects.get()
    form = {"hostname": "x", "port": 80, "site_name": "x", "root_page": district.schools[0].pk}
    for person in USERNAMES[:-1]:
        non_raising_client.force_login(getattr(district, person))
        non_raising_client.post(reverse("wagtailsites:edit", args=[site.pk]), form)
        non_raising_client.post(reverse("wagtailsites:delete", args=[site.pk]))
    assert Site.objects.get().root_page_id == district.home.pk

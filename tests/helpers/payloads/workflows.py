"""Workflows and their tasks."""

from django.contrib.auth.models import AbstractUser
from wagtail.models import Task, Workflow

from tests.helpers.payloads.post import CHOOSER, READ_ONLY, Payload, Post
from tests.helpers.scenario import Scenario


def change_workflow(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Reduce the workflow to its last task and assign it to a school."""
    form = {"name": "一步", "active": "on"}
    for formset in ("workflow_tasks", "pages"):
        form |= {f"{formset}-TOTAL_FORMS": 1, f"{formset}-INITIAL_FORMS": 0}
        form |= {f"{formset}-MIN_NUM_FORMS": 0, f"{formset}-MAX_NUM_FORMS": 1000}
    last_task = Task.objects.order_by("pk").last().pk
    form |= {"workflow_tasks-0-task": last_task, "workflow_tasks-0-ORDER": 1}
    form |= {"pages-0-page": scenario.school.pk}
    return [Post((Workflow.objects.get().pk,), form)]


def add_workflow(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Such a workflow as a new one."""
    return [Post((), post.data) for post in change_workflow(scenario, user)]


def remove_workflow(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Remove the workflow from the home page."""
    home = scenario.home.pk
    return [Post((home, Workflow.objects.get().pk)), Post((home,))]


def change_tasks(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Edit, disable or enable each task."""
    return [Post((task.pk,), {"name": task.name}) for task in Task.objects.all()]


def add_task(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A second task of an existing type."""
    return [Post(("review", "schoolreview"), {"name": "一步"})]


def add_task_in_chooser(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A task of Wagtail's own type, which asks one group only."""
    form = {"create-task-name": "一步", "create-task-groups": scenario.group}
    return [Post((), form, "?create_model=wagtailcore.groupapprovaltask")]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "wagtailadmin_workflows:index",
            "wagtailadmin_workflows:index_results",
            "wagtailadmin_workflows:usage",
            "wagtailadmin_workflows:usage_results",
            "wagtailadmin_workflows:select_task_type",
            "wagtailadmin_workflows:task_index",
            "wagtailadmin_workflows:task_index_results",
            "wagtailadmin_workflows:task_chooser",
            "wagtailadmin_workflows:task_chooser_results",
        ),
        READ_ONLY,
    ),
    "wagtailadmin_workflows:add": add_workflow,
    "wagtailadmin_workflows:enable": change_workflow,
    "wagtailadmin_workflows:disable": change_workflow,
    "wagtailadmin_workflows:edit": change_workflow,
    "wagtailadmin_workflows:remove": remove_workflow,
    "wagtailadmin_workflows:add_task": add_task,
    "wagtailadmin_workflows:edit_task": change_tasks,
    "wagtailadmin_workflows:disable_task": change_tasks,
    "wagtailadmin_workflows:enable_task": change_tasks,
    "wagtailadmin_workflows:task_chooser_create": add_task_in_chooser,
    "wagtailadmin_workflows:task_chosen": CHOOSER,
}

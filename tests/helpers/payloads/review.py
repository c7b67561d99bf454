"""Review: decisions, corrections, urgent items, level rules; withdrawal and schedule."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from wagtail.models import Page, TaskState

from roles import reviewers
from roles.models import Level, LevelRule
from tests.helpers.district import brand_form, build_decision, decision_form, fresh
from tests.helpers.payloads.post import READ_ONLY, Payload, Post, post_to_each
from tests.helpers.scenario import Scenario


def waiting_for_others(scenario: Scenario, user: AbstractUser) -> Iterator[tuple[Page, TaskState]]:
    """Items that wait at levels at which this user may not decide, with their task states."""
    for page in (scenario.waiting, scenario.waiting_at_final):
        state = fresh(page).current_workflow_task_state
        if not reviewers.is_reviewer(user, page, state.task.specific.level):
            yield page, state


def decide(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Decide at each level, as somebody who may not."""
    for page, state in waiting_for_others(scenario, user):
        for action in ("approve", "reject"):
            yield Post((state.pk,), decision_form(page, action, "请写出处。"))


def correct(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Correct, or suggest a text, at a level of others."""
    for page, state in waiting_for_others(scenario, user):
        form = brand_form() | {
            "slogan": "偷换的文字",
            "correction_words": "更正",
            "correction_digest": build_decision(fresh(page)).digest,
        }
        for action in ("action-correct", "action-suggest"):
            yield Post((state.pk,), form | {action: "1"})


def mark_urgent(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Take levels away from what waits."""
    for page in (scenario.waiting, scenario.waiting_at_final):
        state = fresh(page).current_workflow_task_state
        yield Post((state.pk,), {"reason": "等不及了。"})


def decide_in_batch(scenario: Scenario, user: AbstractUser) -> Iterator[Post]:
    """Approve several items of others at once."""
    for page, state in waiting_for_others(scenario, user):
        form = decision_form(page)
        confirmed = {"ticks": form["ticks"], "secrecy": form["secrecy"], "confirmed": "1"}
        yield Post((), {"item": [f"{state.pk}:{form['digest']}"]} | confirmed)


def withdraw(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Withdraw what is public, as somebody who is not its final approver."""
    pages = [
        page
        for page in (scenario.live, scenario.school, scenario.home, *scenario.indexes)
        if not reviewers.is_reviewer(user, page, Level.FINAL)
    ]
    return post_to_each(pages, {"reason": "事实有误。"})


def call_back(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Call back what is approved for a later day, as somebody who is not its final approver."""
    if reviewers.is_reviewer(user, scenario.scheduled, Level.FINAL):
        return []
    return post_to_each((scenario.scheduled,), {"reason": "事实有误。"})


def change_level_rule(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Ask fewer levels."""
    rule = LevelRule.objects.get(in_school=True).pk
    levels = {"levels": ["school", "section"], "urgent_levels": [], "reason": "急"}
    district_key = str(scenario.home.translation_key)
    scope = {"district_key": district_key, "in_school": "1", "content_type": ""}
    return [Post((rule,), levels | scope)]


def add_level_rule(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """The same by a new rule."""
    return [Post((), post.data) for post in change_level_rule(scenario, user)]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "review_preview",
            "review_queue",
            "level_rules_list",
            "audit_review_report",
            "audit_record",
            "audit_record_results",
            "audit_monthly_export",
            "publication_schedule",
        ),
        READ_ONLY,
    ),
    "review_decide": decide,
    "review_correct": correct,
    "urgency_mark": mark_urgent,
    "urgency_checks": lambda scenario, user: [Post((), {"urgency": "1", "outcome": "fine"})],
    "review_accept_suggestion": lambda scenario, user: post_to_each(
        (scenario.waiting, scenario.live, scenario.draft)
    ),
    "review_batch": decide_in_batch,
    "level_rules_add": add_level_rule,
    "level_rules_edit": change_level_rule,
    "level_rules_delete": change_level_rule,
    "publication_withdraw": withdraw,
    "publication_call_back": call_back,
}

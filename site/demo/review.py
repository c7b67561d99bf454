"""Items in every state of review, brought there by the steps real people take."""

from django.db import transaction
from wagtail.models import Page

from audit.content_digest import content_digest
from audit.proofreading import ProofreadingItem, SecrecyResult
from demo.people import SCHOOLS_WITH_PEOPLE, stand_in
from review.domain.decisions import Decision, decide
from roles.models import Role

WAITING = {"waiting_school": 0, "waiting_section": 1, "waiting_final": 2}
RETURNED = {"returned_school": 0, "returned_section": 1, "returned_final": 2}


@transaction.atomic
def bring_to_state(row: dict, parent: Page, draft, accounts: dict) -> None:
    """Write `draft` below `parent` as its editor, submit it and decide up to `row["state"]`."""
    team = _team(row["school"], parent, accounts)
    existing = parent.get_children().filter(slug=row["slug"]).first()
    if row["state"] == "live_with_new_draft":
        _rewrite(existing.specific, row["new_draft"], team[0])
        return
    if existing:
        return
    draft.live, draft.locale, draft.owner = False, parent.locale, team[0]
    parent.refresh_from_db()
    parent.add_child(instance=draft)
    draft.save_revision(user=team[0], log_action=True)
    if row["state"] == "draft":
        return
    draft.get_workflow().start(draft, team[0])
    reviewers = team[1:]
    steps = (WAITING | RETURNED)[row["state"]] - (3 - len(reviewers))
    for reviewer in reviewers[:steps]:
        _decide(draft, reviewer, "approve", "")
    if row["state"] in RETURNED:
        _decide(draft, reviewers[steps], "reject", row["comment"])


def _team(slug: str | None, parent: Page, accounts: dict) -> list:
    """Author and reviewers of the levels that apply, in their order."""
    committee = [accounts["zhoukezhang"], accounts["sunzhuren"]]
    if slug is None:
        return [accounts["liubian"], *committee]
    if slug == SCHOOLS_WITH_PEOPLE[0]:
        return [accounts["wangqing"], accounts["lishuji"], *committee]
    if slug == SCHOOLS_WITH_PEOPLE[1]:
        return [accounts["chenlan"], accounts["zhaoshuji"], *committee]
    own = [stand_in(role, parent) for role in (Role.SCHOOL_EDITOR, Role.SCHOOL_REVIEWER)]
    return [*own, *committee]


def _rewrite(page, changes: dict, author) -> None:
    if page.has_unpublished_changes:
        return
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=author, log_action=True)


def _decide(page, reviewer, action: str, comment: str) -> None:
    page = type(page).objects.get(pk=page.pk)
    task_state = page.current_workflow_task_state
    digest = content_digest(page, page.get_latest_revision())
    read = Decision(action, digest, comment, list(ProofreadingItem.values), SecrecyResult.OPEN)
    decide(task_state, reviewer, read)

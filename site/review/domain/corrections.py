"""Correcting (更正): a reviewer's own version, after which the item begins anew.

Where nobody else would be left to decide, the reviewer returns the item with a suggested text.
"""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from audit import record
from audit.models import RecordEntry
from core.publishing.content import BOOKKEEPING, same_value
from core.publishing.contexts import correcting
from core.publishing.refusals import Refused
from review import notices
from review.domain import decisions, gate
from review.domain.decisions import Decision
from review.models.queue import Suggestion
from roles import reviewers
from roles.models import Level


def people_left(case: gate.Submission, without) -> dict[str, list]:
    """Level → who could still decide there once `without` is an author too."""
    barred = case.authors | {without.pk}
    return {
        level: [
            person for person in reviewers.reviewers_of(case.page, level) if person.pk not in barred
        ]
        for level in case.levels
    }


def can_pass(left: dict[str, list]) -> bool:
    """Whether each level can have a person of its own."""
    return bool(left) and reviewers.can_assign_distinct(
        [{person.pk for person in each} for each in left.values()]
    )


@transaction.atomic
def correct(task_state, user, text, words: str, digest: str):
    """Save `text` (the waiting page as corrected) in `user`'s name; the item begins anew.

    Returns the new revision.

    Raises:
        gate.Refused: decided or changed meanwhile, not this person, no words, nothing changed, or
            nobody else could decide then.
    """
    task_state, case = decisions.locked_case(task_state)
    reasons = _objections(task_state, case, user, words, digest)
    if not reasons and not can_pass(people_left(case, user)):
        reasons = [_("Then nobody else could decide. Return the item with a suggested text.")]
    if reasons:
        raise Refused(reasons)
    with correcting(case.page):
        revision = text.save_revision(user=user, log_action=True)
    corrected = gate.Submission(type(case.page).objects.get(pk=case.page.pk), case.workflow_state)
    if corrected.digest == case.digest:
        raise Refused([_("Nothing was changed.")])
    entry = record.append(
        RecordEntry.Kind.CORRECTION,
        corrected.page,
        revision,
        user=user,
        level=task_state.task.specific.level,
        levels=case.levels,
        urgent=case.urgent,
        opinion=words,
        workflow_state_id=case.workflow_state.pk,
        detail={"before": case.digest},
    )
    notices.corrected(entry)
    # Wagtail then starts the first level that has not approved this version: all of them owe it.
    # Read anew, for the old object still holds the page as it was.
    task_state.workflow_state = WorkflowState.objects.get(pk=case.workflow_state.pk)
    task_state.cancel(user=user)
    return revision


@transaction.atomic
def suggest(task_state, user, text, words: str, digest: str) -> Suggestion:
    """Return the item with `text` as a suggestion; the page itself stays as it is.

    Raises:
        gate.Refused: as `correct`, but for who is left to decide.
    """
    task_state, case = decisions.locked_case(task_state)
    reasons = _objections(task_state, case, user, words, digest)
    content = json.loads(text.to_json())
    if not reasons and _same(content, json.loads(case.revision.as_object().to_json())):
        reasons = [_("Nothing was changed.")]
    if reasons:
        raise Refused(reasons)
    Suggestion.objects.filter(page_id=case.page.pk, accepted_at=None).delete()
    suggestion = Suggestion.objects.create(
        workflow_state_id=case.workflow_state.pk, page_id=case.page.pk, content=content, by=user
    )
    decisions.decide(task_state, user, Decision("reject", digest, words))
    return suggestion


def _objections(task_state, case, user, words, digest) -> list[str]:
    if gone := gate.state_errors(task_state):
        return gone
    if digest != case.digest:
        return [_("The text has changed since you opened it. Read it again, please.")]
    found = gate.reviewer_errors(case, task_state.task.specific.level, user)
    if not words.strip():
        found.append(_("Say in a sentence what you corrected and why."))
    return found


def _same(one: dict, other: dict) -> bool:
    skipped = BOOKKEEPING
    return all(same_value(one[name], other.get(name)) for name in one if name not in skipped)


def open_suggestion(page) -> Suggestion | None:
    """The suggestion that came with the return of this page, while it can be accepted."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    found = Suggestion.objects.filter(workflow_state_id=state.pk, accepted_at=None).first()
    if found and state.current_task_state.revision_id != page.latest_revision_id:
        return None
    return found


def open_suggestions():
    """Return all that `open_suggestion` would still give: their files are kept.

    Registered with `core.media.draft_references`.
    """
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        current_task_state__revision__in=Page.objects.values("latest_revision"),
    )
    return Suggestion.objects.filter(accepted_at=None, workflow_state_id__in=states.values("pk"))


@transaction.atomic
def accept(page, user) -> None:
    """Take the suggested text over in `user`'s own name and submit it again.

    Raises:
        gate.Refused: no open suggestion, the text was changed since, or not this person's page.
    """
    suggestion = open_suggestion(page)
    if suggestion is None:
        raise Refused([_("This suggestion is no longer open.")])
    # Whoever opens the item through its review task reads it; only the school writes it.
    tester = page.permissions_for_user(user)
    if not ({"add", "change"} & getattr(tester, "permissions", set()) or user.is_superuser):
        raise Refused([_("Only who may write this page accepts a suggestion.")])
    taken = Suggestion.objects.filter(pk=suggestion.pk, accepted_at=None)
    if not taken.update(accepted_at=timezone.now()):
        raise Refused([_("This suggestion is no longer open.")])
    state = page.current_workflow_state
    text = page.with_content_json(suggestion.content)
    text.save_revision(user=user, log_action=True)
    state.resume(user)


def level_rows(left: dict[str, list]) -> list[tuple[str, list]]:
    """(level in words, people) for the screens."""
    return [(str(Level(level).label), people) for level, people in left.items()]

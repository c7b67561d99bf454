"""Correcting (更正): a reviewer's own version, after which the item begins anew.

Where nobody else would be left to decide, the reviewer returns the item with a suggested text.
"""

import json
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.publishing.content import BOOKKEEPING, same_value
from core.publishing.contexts import correcting
from core.publishing.refusals import Refused
from review import notices, permissions
from review.domain import decisions, gate
from review.domain.decisions import Decision
from review.domain.gate import Submission
from review.models.queue import Suggestion
from roles import reviewers
from roles.models import Level

# Level → who could decide there.
ReviewersByLevel = dict[str, list[User]]


def remaining_reviewers(submission: Submission, corrector: User) -> ReviewersByLevel:
    """Return who could still decide at each level once `corrector` is an author too.

    At the first level the district's pool, if nobody of the school is left.
    """
    excluded_ids = submission.authors | {corrector.pk}
    remaining = {
        level: list(reviewers.reviewers_of(submission.page, level).exclude(pk__in=excluded_ids))
        for level in submission.levels
    }
    if remaining.get(Level.SCHOOL) == []:
        in_pool = reviewers.pool_reviewers_of(submission.page)
        remaining[Level.SCHOOL] = list(in_pool.exclude(pk__in=excluded_ids))
    return remaining


def excluded_after(submission: Submission, corrector: User) -> list[User]:
    """Return who decides nothing on this item once `corrector` is an author too."""
    people = User.objects.filter(pk__in=submission.authors | {corrector.pk})
    return list(people.order_by("pk"))


def can_pass_without(submission: Submission, corrector: User) -> bool:
    """Return whether each level can have a person of its own once `corrector` is an author too."""
    excluded_ids = submission.authors | {corrector.pk}
    return bool(submission.levels) and reviewers.can_assign_distinct(
        [
            reviewers.possible_reviewer_ids(submission.page, level) - excluded_ids
            for level in submission.levels
        ]
    )


@transaction.atomic
def correct(
    task_state: TaskState, user: User, text: Page, explanation: str, digest: str
) -> Revision:
    """Save `text` (the waiting page as corrected) in `user`'s name; the item begins anew.

    Effects, in this order: a new revision; the record gets the correction, which voids the
    approvals before it; the writers are notified; Wagtail ends the level (`submissions.end_level`:
    queue, notices) and starts the first one, for all owe this version (`submissions.start_level`).

    Raises:
        Refused: decided or changed meanwhile, not this person, no explanation, nothing changed, or
            nobody else could decide then.
    """
    task_state, submission = decisions.lock_submission(task_state)
    errors = _correction_errors(task_state, submission, user, explanation, digest)
    if not errors and not can_pass_without(submission, user):
        errors = [_("Then nobody else could decide. Return the item with a suggested text.")]
    if errors:
        raise Refused(errors)
    with correcting(submission.page):
        revision = text.save_revision(user=user, log_action=True)
    page = type(submission.page).objects.get(pk=submission.page.pk)
    corrected = Submission(page, submission.workflow_state)
    if corrected.digest == submission.digest:
        raise Refused([_("Nothing was changed.")])
    entry = record.append(
        RecordEntry.Kind.CORRECTION,
        corrected.page,
        revision,
        user=user,
        level=task_state.task.specific.level,
        levels=submission.levels,
        urgent=submission.urgent,
        opinion=explanation,
        workflow_state_id=submission.workflow_state.pk,
        detail={"before": submission.digest, "rule": submission.rule_version},
    )
    notices.corrected(entry)
    # Read anew, for the old object still holds the page as it was.
    task_state.workflow_state = WorkflowState.objects.get(pk=submission.workflow_state.pk)
    task_state.cancel(user=user)
    return revision


@transaction.atomic
def suggest(
    task_state: TaskState, user: User, text: Page, explanation: str, digest: str
) -> Suggestion:
    """Return the item with `text` as a suggestion; the page itself stays as it is.

    Effects, in this order: the suggestion replaces an older one that is open; then those of a
    return (`decisions.decide`), with the explanation as its opinion.

    Raises:
        Refused: as `correct`, but for who is left to decide.
    """
    task_state, submission = decisions.lock_submission(task_state)
    errors = _correction_errors(task_state, submission, user, explanation, digest)
    content = json.loads(text.to_json())
    waiting_content = json.loads(submission.revision.as_object().to_json())
    if not errors and _same_content(content, waiting_content):
        errors = [_("Nothing was changed.")]
    if errors:
        raise Refused(errors)
    Suggestion.objects.filter(page_id=submission.page.pk, accepted_at=None).delete()
    suggestion = Suggestion.objects.create(
        workflow_state_id=submission.workflow_state.pk,
        page_id=submission.page.pk,
        content=content,
        by=user,
    )
    decisions.decide(task_state, user, Decision("reject", digest, explanation))
    return suggestion


def _correction_errors(
    task_state: TaskState, submission: Submission, user: User, explanation: str, digest: str
) -> list[str]:
    """Return why `user` may neither correct nor suggest; empty if nothing stands against it."""
    if errors := gate.state_errors(task_state):
        return errors
    if errors := gate.digest_errors(submission, digest):
        return errors
    errors = gate.reviewer_errors(submission, task_state.task.specific.level, user)
    if not explanation.strip():
        errors.append(_("Say in a sentence what you corrected and why."))
    return errors


def _same_content(content: dict[str, Any], other: dict[str, Any]) -> bool:
    names = content.keys() - BOOKKEEPING
    return all(same_value(content[name], other.get(name)) for name in names)


def open_suggestion(page: Page) -> Suggestion | None:
    """Return the suggestion that came with the return of this page, while it can be accepted."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    suggestion = Suggestion.objects.filter(workflow_state_id=state.pk, accepted_at=None).first()
    if suggestion and state.current_task_state.revision_id != page.latest_revision_id:
        return None
    return suggestion


def open_suggestions() -> QuerySet[Suggestion]:
    """Return all that `open_suggestion` would still give: their files are kept.

    Registered with `core.media.draft_references`.
    """
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        current_task_state__revision__in=Page.objects.values("latest_revision"),
    )
    return Suggestion.objects.filter(accepted_at=None, workflow_state_id__in=states.values("pk"))


@transaction.atomic
def accept(page: Page, user: User) -> None:
    """Take the suggested text over in `user`'s own name and submit it again.

    Effects, in this order: the suggestion is accepted; a revision in the suggester's name, then one
    in `user`'s; Wagtail starts the first
    level again (`submissions.start_level`).

    Raises:
        Refused: no open suggestion, the text was changed since, or not this person's page.
    """
    closed_errors = [_("This suggestion is no longer open.")]
    suggestion = open_suggestion(page)
    if suggestion is None:
        raise Refused(closed_errors)
    if not permissions.may_accept_suggestion(user, page):
        raise Refused([_("Only who may write this page accepts a suggestion.")])
    still_open = Suggestion.objects.filter(pk=suggestion.pk, accepted_at=None)
    if not still_open.update(accepted_at=timezone.now()):
        raise Refused(closed_errors)
    state = page.current_workflow_state
    text = page.with_content_json(suggestion.content)
    if suggestion.by:
        # The words stay the reviewer's, wherever a copy or an older version takes them.
        text.save_revision(user=suggestion.by)
        text = page.with_content_json(suggestion.content)
    text.save_revision(user=user, log_action=True)
    state.resume(user)

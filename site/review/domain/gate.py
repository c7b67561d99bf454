"""The gate: the only way a submitted text becomes public.

A revision passes when its content digest was approved at every level that our level rules
demand, by distinct people, none of whom wrote any of it. Everything here asks; only
`publish_approved` changes anything.
"""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, TaskState, WorkflowState

from accounts.models import User
from audit import record, rule_versions
from audit.content_digest import content_digest
from audit.models import RecordEntry
from checks import registry
from core.media.file_authors import file_author_ids
from core.publishing.refusals import Refused
from core.tree import hidden_ancestor
from publication.publish import publish_revision
from publication.urgent_items import is_urgent
from review.domain import pool
from review.domain.authorship import author_ids
from roles import reviewers
from roles.level_rules import required_levels
from roles.models import Level

DECIDED_MEANWHILE = gettext_lazy("This item has been decided meanwhile.")


class Submission:
    """One submission as it stands now: each question is asked of the database once."""

    def __init__(self, page: Page, workflow_state: WorkflowState) -> None:
        self.page, self.workflow_state = page, workflow_state

    @cached_property
    def revision(self) -> Revision:
        """The latest revision: what is decided on."""
        return self.page.get_latest_revision()

    @cached_property
    def text(self) -> Page:
        """The page as the revision has it."""
        return self.revision.as_object()

    @cached_property
    def digest(self) -> str:
        """The content digest of the revision, to which every approval is bound."""
        return str(content_digest(self.page, self.revision, self.text))

    @cached_property
    def urgent(self) -> bool:
        """Whether the submission passes by the urgent rule."""
        return bool(is_urgent(self.workflow_state))

    @cached_property
    def levels(self) -> list[str]:
        """The levels it owes by the rules in force; empty where no rule covers the page."""
        return required_levels(self.page, self.urgent)

    @cached_property
    def approvals(self) -> dict[str, int]:
        """Level → id of who approved this content in this submission."""
        return record.approvals(self.workflow_state, self.digest)

    @cached_property
    def authors(self) -> set[int]:
        """Ids of everybody whose words the text may hold."""
        return author_ids(self.page, self.text)

    @cached_property
    def file_authors(self) -> set[int]:
        """Ids of those of them whose files the text shows."""
        return file_author_ids(self.text)

    @cached_property
    def rule_version(self) -> int | None:
        """The id of the entry that put the level rule in force."""
        return rule_versions.current_version(self.page)

    @cached_property
    def findings(self) -> list[registry.Finding]:
        """What the checks find in the text."""
        return registry.run_checks(self.text)

    @cached_property
    def hidden_ancestor(self) -> Page | None:
        """The nearest page above that is not public, or None."""
        return hidden_ancestor(self.page)

    @property
    def owed_level(self) -> str | None:
        """The first required level that has not approved this content yet; None if all have."""
        return next((level for level in self.levels if level not in self.approvals), None)

    def excluded_ids(self) -> set[int]:
        """Return the ids of those who decide no more: the authors, and who approved already."""
        return self.authors | set(self.approvals.values())

    def is_pool_asked(self, level: str) -> bool:
        """Return whether the district's pool decides at `level` in place of the school."""
        return pool.is_pool_asked(self.workflow_state, level, self.excluded_ids())


def level_of(task_state: TaskState | None) -> str | None:
    """Return the level of review at which `task_state` stands; None if it is of another task."""
    level = getattr(task_state.task.specific, "level", None) if task_state else None
    return level if level in Level.values else None


def approval_errors(
    submission: Submission, task_state: TaskState, level: str, user: User
) -> list[str]:
    """Return why `user` may not approve at `level` now; empty if nothing stands against it."""
    if errors := state_errors(task_state):
        return errors
    if errors := revision_errors(submission, task_state):
        return errors
    return [*reviewer_errors(submission, level, user), *content_errors(submission, level)]


def revision_errors(submission: Submission, task_state: TaskState) -> list[str]:
    """Return an error if another revision was saved since the level began."""
    if task_state.revision_id != submission.revision.pk:
        return [_("The text has changed since it was submitted. Return it, please.")]
    return []


def digest_errors(submission: Submission, digest: str) -> list[str]:
    """Return an error if `digest`, of the text that somebody read, is not that of the text now."""
    if digest != submission.digest:
        return [_("The text has changed since you opened it. Read it again, please.")]
    return []


def rule_errors(submission: Submission) -> list[str]:
    """Return an error if no level rule covers the page: then nothing passes."""
    if not submission.levels:
        return [_("No level rule covers this kind of page. Tell the administrator.")]
    return []


def content_errors(submission: Submission, level: str) -> list[str]:
    """Return why nobody may approve this text at `level` now: rule, order, place, checks."""
    if errors := rule_errors(submission):
        return errors
    errors, owed = [], submission.owed_level
    if owed is None:
        errors.append(_("All levels have approved this text already."))
    elif owed != level:
        label = Level(owed).label
        errors.append(_("The level “%(owed)s” has to decide first.") % {"owed": label})
    return [
        *errors,
        *placement_errors(submission),
        *registry.blocking_errors(submission.findings),
    ]


def placement_errors(submission: Submission) -> list[str]:
    """Return what stands against publishing here and now: a hidden page above, an ended term."""
    errors = []
    if above := submission.hidden_ancestor:
        message = _("“%(title)s” is not public, so nothing below it can become public.")
        errors.append(message % {"title": above.title})
    ends_at = submission.text.ends_at
    if ends_at and ends_at <= timezone.now():
        errors.append(_("The time to take it down is over already. Return the item, please."))
    return errors


def state_errors(task_state: TaskState) -> list[str]:
    """Return why nothing can be decided here any more; empty while the item waits here."""
    workflow_state = task_state.workflow_state
    if (
        workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != task_state.pk
        or task_state.status != TaskState.STATUS_IN_PROGRESS
    ):
        return [str(DECIDED_MEANWHILE)]
    return []


def author_errors(submission: Submission, user: User) -> list[str]:
    """Return an error if `user` wrote part of the text."""
    if user.pk not in submission.authors:
        return []
    if user.pk in submission.file_authors:
        return [_("You made a file that this text shows, so somebody else has to decide.")]
    return [_("You wrote part of this text, so somebody else has to decide.")]


def role_errors(submission: Submission, level: str, user: User) -> list[str]:
    """Return an error if `user` does not hold `level` over the item now."""
    if reviewers.is_reviewer(user, submission.page, level):
        return []
    if level != Level.SCHOOL or not pool.is_pool_reviewer(user, submission.page):
        return [_("You are not a reviewer of this level.")]
    if not submission.is_pool_asked(level):
        return [_("The school's own reviewers decide first; the pool is asked when they are late.")]
    return []


def reviewer_errors(submission: Submission, level: str, user: User) -> list[str]:
    """Return why `user` may not decide at `level`: no reviewer, an author, decided elsewhere."""
    errors = [*role_errors(submission, level, user), *author_errors(submission, user)]
    approvals = submission.approvals.items()
    if any(approver == user.pk for other, approver in approvals if other != level):
        errors.append(_("You approved this text at another level already."))
    return errors


def publication_errors(submission: Submission) -> list[str]:
    """Return why the latest revision may not go live now; empty if it has passed."""
    if errors := rule_errors(submission):
        return errors
    levels, approvals = submission.levels, submission.approvals
    errors = [
        _("The level “%(level)s” has not approved this text.") % {"level": Level(level).label}
        for level in levels
        if level not in approvals
    ]
    approvers = [approvals[level] for level in levels if level in approvals]
    if len(set(approvers)) < len(approvers):
        errors.append(_("One person approved this text at two levels."))
    if len(levels) < 2:
        errors.append(_("At least two levels, so at least two people."))
    if submission.authors & set(approvers):
        errors.append(_("An author of this text approved it."))
    return [
        *errors,
        *placement_errors(submission),
        *registry.blocking_errors(submission.findings),
    ]


def publish_approved(workflow_state: WorkflowState, user: User | None) -> None:
    """Publish what a finished workflow is about (or fix its time), or refuse.

    Effects: those of `publish_revision`, as a publication or, with a date ahead, as a schedule. A
    submission that was made while every task is switched off is cancelled instead: nobody could
    ever decide on it.

    What is scheduled is asked again when it is due (`publication.schedule`), and every public page
    once more from the record alone (`audit.verification`).

    Raises:
        Refused: something is missing; the transaction of the decision is rolled back with it.
    """
    page = workflow_state.content_object.specific
    submission = Submission(page, workflow_state)
    errors = publication_errors(submission)
    if errors and workflow_state.current_task_state is None:
        workflow_state.status = WorkflowState.STATUS_CANCELLED
        workflow_state.save()
        return
    if errors:
        raise Refused(errors)
    go_live_at = submission.text.go_live_at
    later = go_live_at is not None and go_live_at > timezone.now()
    kind = RecordEntry.Kind.SCHEDULE if later else RecordEntry.Kind.PUBLICATION
    publish_revision(
        page,
        submission.revision,
        kind,
        user=user,
        workflow_state_id=workflow_state.pk,
        levels=submission.levels,
        urgent=submission.urgent,
        detail={"authors": sorted(submission.authors), "rule": submission.rule_version},
    )

"""The gate: the only way a submitted text becomes public.

A revision passes when its content digest was approved at every level that our level rules
demand, by distinct people, none of whom wrote any of it.
"""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from audit import record
from audit.content_digest import content_digest
from audit.models import RecordEntry
from checks import registry
from core.publishing.refusals import Refused
from core.tree import hidden_ancestor
from publication.publish import publish_revision
from publication.urgent_items import is_urgent, owe_post_publication_check
from review.domain.authorship import author_ids
from roles import reviewers
from roles.level_rules import required_levels
from roles.models import Level


class Submission:
    """One submission as it stands now: each question is asked of the database once."""

    def __init__(self, page, workflow_state):
        self.page, self.workflow_state = page, workflow_state

    @cached_property
    def revision(self):
        return self.page.get_latest_revision()

    @cached_property
    def text(self):
        """The page as the revision has it."""
        return self.revision.as_object()

    @cached_property
    def digest(self) -> str:
        return content_digest(self.page, self.revision, self.text)

    @cached_property
    def urgent(self) -> bool:
        return is_urgent(self.workflow_state)

    @cached_property
    def levels(self) -> list[str]:
        return required_levels(self.page, self.urgent)

    @cached_property
    def approvals(self) -> dict[str, int]:
        return record.approvals(self.workflow_state, self.digest)

    @cached_property
    def authors(self) -> set[int]:
        return author_ids(self.page)

    @cached_property
    def findings(self) -> list[registry.Finding]:
        return registry.run_checks(self.text)

    @cached_property
    def hidden_above(self):
        return hidden_ancestor(self.page)

    @property
    def owed_level(self) -> str | None:
        """The first required level that has not approved this content yet; None if all have."""
        return next((level for level in self.levels if level not in self.approvals), None)

    def barred(self) -> set[int]:
        """Ids of those who decide no more on this text: its authors, and who approved already."""
        return self.authors | set(self.approvals.values())


def approval_errors(case: Submission, task_state, level: str, user) -> list[str]:
    """Why `user` may not approve at `level` now; empty if nothing stands against it."""
    if gone := state_errors(task_state):
        return gone
    if task_state.revision_id != case.revision.pk:
        return [_("The text has changed since it was submitted. Return it, please.")]
    return [*reviewer_errors(case, level, user), *content_errors(case, level)]


def content_errors(case: Submission, level: str) -> list[str]:
    """Why nobody may approve this text at `level` now: its place, the order, the checks."""
    found = []
    if not case.levels:
        return [*found, _("No level rule covers this kind of page. Tell the administrator.")]
    owed = case.owed_level
    if owed != level:
        found.append(
            _("The level “%(owed)s” has to decide first.") % {"owed": Level(owed).label}
            if owed
            else _("All levels have approved this text already.")
        )
    return [*found, *placement_errors(case), *registry.blocking_errors(case.findings)]


def placement_errors(case: Submission) -> list[str]:
    """What stands against publishing here and now: a page above is not public, a term is over."""
    found = []
    if above := case.hidden_above:
        words = _("“%(title)s” is not public, so nothing below it can become public.")
        found.append(words % {"title": above.title})
    ends = case.text.ends_at
    if ends and ends <= timezone.now():
        found.append(_("The time to take it down is over already. Return the item, please."))
    return found


def state_errors(task_state) -> list[str]:
    """Why nothing can be decided here any more; empty while the item waits at this level."""
    workflow_state = task_state.workflow_state
    if (
        workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != task_state.pk
        or task_state.status != task_state.STATUS_IN_PROGRESS
    ):
        return [_("This item has been decided meanwhile.")]
    return []


def reviewer_errors(case: Submission, level: str, user) -> list[str]:
    """Why this person may not decide at this level: no reviewer, an author, decided before."""
    found = []
    if not reviewers.is_reviewer(user, case.page, level):
        found.append(_("You are not a reviewer of this level."))
    if user.pk in case.authors:
        found.append(_("You wrote part of this text, so somebody else has to decide."))
    if any(person == user.pk for other, person in case.approvals.items() if other != level):
        found.append(_("You approved this text at another level already."))
    return found


def publication_errors(case: Submission) -> list[str]:
    """Why the latest revision may not go live now; empty if it has passed."""
    if not case.levels:
        return [_("No level rule covers this kind of page. Tell the administrator.")]
    found = [
        _("The level “%(level)s” has not approved this text.") % {"level": Level(level).label}
        for level in case.levels
        if level not in case.approvals
    ]
    people = [case.approvals[level] for level in case.levels if level in case.approvals]
    if len(set(people)) < len(people):
        found.append(_("One person approved this text at two levels."))
    if len(case.levels) < 2:
        found.append(_("At least two levels, so at least two people."))
    if case.authors & set(people):
        found.append(_("An author of this text approved it."))
    return found + placement_errors(case) + registry.blocking_errors(case.findings)


def publish_approved(workflow_state, user) -> None:
    """Publish what a finished workflow is about (or fix its time), or refuse.

    Raises:
        Refused: something is missing; the transaction of the decision is rolled back with it.
    """
    page = workflow_state.content_object.specific
    case = Submission(page, workflow_state)
    reasons = publication_errors(case)
    if reasons and workflow_state.current_task_state is None:
        # Submitted while every task is switched off: nobody could ever decide on it.
        workflow_state.status = WorkflowState.STATUS_CANCELLED
        workflow_state.save()
        return
    if reasons:
        raise Refused(reasons)
    go_live_at = case.revision.as_object().go_live_at
    later = go_live_at is not None and go_live_at > timezone.now()
    kind = RecordEntry.Kind.SCHEDULE if later else RecordEntry.Kind.PUBLICATION
    if case.urgent and not later:
        owe_post_publication_check(workflow_state.pk)
    publish_revision(
        page,
        case.revision,
        kind,
        user=user,
        workflow_state_id=workflow_state.pk,
        levels=case.levels,
        urgent=case.urgent,
        detail={"authors": sorted(case.authors)},
    )

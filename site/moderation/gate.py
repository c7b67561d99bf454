"""The gate: the only way a submitted text becomes public.

A revision passes when its content digest was approved at every level that our level rules
demand, by distinct people, none of whom wrote any of it.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from core.publishing import PublishingRefused, publishing
from core.signals import went_public
from moderation import record
from moderation.content import content_objections
from moderation.digest import content_digest
from moderation.models.record import RecordEntry
from moderation.models.rules import Level
from moderation.rules import is_reviewer, required_levels


class Refused(PublishingRefused):
    """The gate's answer, with its reasons in words for the person who decides."""

    def __init__(self, reasons: list[str]):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


def authors(page) -> set[int]:
    """Ids of everybody who saved a revision of `page` since the one that is live."""
    revisions = page.revisions.exclude(user=None)
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    return set(revisions.values_list("user_id", flat=True))


def owed_level(page, workflow_state, digest: str) -> str | None:
    """The first required level that has not approved this content yet; None if all have."""
    approved = record.approvals(workflow_state, digest)
    return next((level for level in required_levels(page) if level not in approved), None)


def objections(page, task_state, level: str, user) -> list[str]:
    """Why `user` may not approve `page` at `level` now; empty if nothing stands against it."""
    if gone := standing_objections(task_state):
        return gone
    workflow_state = task_state.workflow_state
    revision = page.get_latest_revision()
    if task_state.revision_id != revision.pk:
        return [_("The text has changed since it was submitted. Return it, please.")]
    found = [*person_objections(page, workflow_state, level, user, revision)]
    digest = content_digest(page, revision)
    levels = required_levels(page)
    if not levels:
        return [*found, _("No level rule covers this kind of page. Tell the administrator.")]
    owed = owed_level(page, workflow_state, digest)
    if owed != level:
        found.append(
            _("The level “%(owed)s” has to decide first.") % {"owed": Level(owed).label}
            if owed
            else _("All levels have approved this text already.")
        )
    return [*found, *content_objections(revision)]


def standing_objections(task_state) -> list[str]:
    """Why nothing can be decided here any more; empty while the item waits at this level."""
    workflow_state = task_state.workflow_state
    if (
        workflow_state.status != WorkflowState.STATUS_IN_PROGRESS
        or workflow_state.current_task_state_id != task_state.pk
        or task_state.status != task_state.STATUS_IN_PROGRESS
    ):
        return [_("This item has been decided meanwhile.")]
    return []


def person_objections(page, workflow_state, level: str, user, revision) -> list[str]:
    """Why this person may not decide at this level: no reviewer, an author, decided before."""
    found = []
    if not is_reviewer(user, page, level):
        found.append(_("You are not a reviewer of this level."))
    if user.pk in authors(page):
        found.append(_("You wrote part of this text, so somebody else has to decide."))
    approved = record.approvals(workflow_state, content_digest(page, revision))
    if any(person == user.pk for other, person in approved.items() if other != level):
        found.append(_("You approved this text at another level already."))
    return found


def refusals(page, workflow_state) -> list[str]:
    """Why the latest revision of `page` may not go live now; empty if it has passed."""
    revision = page.get_latest_revision()
    levels = required_levels(page)
    if not levels:
        return [_("No level rule covers this kind of page. Tell the administrator.")]
    approved = record.approvals(workflow_state, content_digest(page, revision))
    missing = [level for level in levels if level not in approved]
    found = [
        _("The level “%(level)s” has not approved this text.") % {"level": Level(level).label}
        for level in missing
    ]
    people = [approved[level] for level in levels if level in approved]
    if len(set(people)) < len(people):
        found.append(_("One person approved this text at two levels."))
    if authors(page) & set(people):
        found.append(_("An author of this text approved it."))
    return found + content_objections(revision)


def publish_approved(workflow_state, user) -> None:
    """Publish what a finished workflow is about, or refuse.

    Raises:
        Refused: something is missing; the transaction of the decision is rolled back with it.
    """
    page = workflow_state.content_object.specific
    reasons = refusals(page, workflow_state)
    if reasons and workflow_state.current_task_state is None:
        # Submitted while every task is switched off: nobody could ever decide on it.
        workflow_state.status = WorkflowState.STATUS_CANCELLED
        workflow_state.save()
        return
    if reasons:
        raise Refused(reasons)
    revision = page.get_latest_revision()
    with publishing(page):
        revision.publish(user=user, skip_permission_checks=True)
    record.append(
        RecordEntry.Kind.PUBLICATION,
        page,
        revision,
        user=user,
        workflow_state_id=workflow_state.pk,
        levels=required_levels(page),
    )
    page.refresh_from_db()
    transaction.on_commit(lambda: went_public.send(sender=type(page), page=page))

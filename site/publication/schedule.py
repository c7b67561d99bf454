"""What was approved for a later time: published when due, taken down when its term is over.

Nothing is lost when a run is missed: what is due stays due, is caught up, and its entry says how
late it was.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from accounts.models import User
from audit import record
from audit.content_digest import content_digest
from audit.models import RecordEntry
from audit.verification import file_errors
from core.media import file_locks
from core.media.references import documents_of, images_of, page_types_with_end
from core.models import BasePage
from core.publishing.refusals import Refused
from core.tree import below_paths, hidden_ancestor
from publication import notices, permissions
from publication.page_locks import lock_pages
from publication.publish import publish_revision
from publication.run_each import run_each
from publication.unpublish import unpublish_pages

JOB = "schedule"
LATE_AFTER = timedelta(minutes=15)


class Outcome(StrEnum):
    """What a run did about one page that was due."""

    PUBLISHED = "published"
    REFUSED = "refused"
    TAKEN_DOWN = "taken_down"


# Carries out what is due about one revision or page at a time; None: nothing was due any more.
Task = Callable[[int, datetime], Outcome | None]


def run_due(now: datetime | None = None) -> dict[str, int]:
    """Publish and take down what is due at `now`; return how many pages had each outcome.

    It can be run as often as one likes: each page has a transaction of its own, and is read again
    under its lock.

    Effects on each page: those of `publish_revision` (urgent items owe their check from now on),
    of `unschedule` where the approved version may not be published, or of `unpublish_pages`.

    Raises:
        BatchError: with one line for each page that failed; the others are done.
    """
    at = now or timezone.now()
    due = Revision.page_revisions.filter(approved_go_live_at__lte=at)
    revision_ids = due.order_by("approved_go_live_at").values_list("pk", flat=True)
    tasks: list[tuple[Task, int]] = [(_publish_scheduled, pk) for pk in revision_ids]
    tasks += [(_take_down_ended, pk) for pk in ids_of_ended_pages(at)]
    outcomes = run_each(tasks, lambda task: task[0](task[1], at), label=lambda task: str(task[1]))
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}


@transaction.atomic
def _publish_scheduled(revision_id: int, now: datetime) -> Outcome | None:
    revision = Revision.objects.select_for_update().get(pk=revision_id)
    due_at = revision.approved_go_live_at
    if due_at is None or due_at > now:
        return None
    page = lock_pages([revision.content_object])[0]
    entry = _schedule_entry(revision)
    errors = scheduled_publication_errors(page, revision, entry, now)
    if errors or entry is None:
        unschedule(page, None, " ".join(errors), failed=True)
        return Outcome.REFUSED
    publish_revision(
        page,
        revision,
        RecordEntry.Kind.PUBLICATION,
        workflow_state_id=entry.workflow_state_id,
        levels=entry.levels,
        urgent=entry.urgent,
        detail=entry.detail | delay_detail(due_at, now),
    )
    return Outcome.PUBLISHED


def _schedule_entry(revision: Revision) -> RecordEntry | None:
    entries = RecordEntry.objects.filter(page_id=revision.object_id, revision_id=revision.pk)
    return entries.filter(kind=RecordEntry.Kind.SCHEDULE).last()


def scheduled_publication_errors(
    page: BasePage, revision: Revision, entry: RecordEntry | None, now: datetime
) -> list[str]:
    """Return why a scheduled revision may not be published; empty if nothing stands against it.

    It has to be what was approved according to `entry`, files included, and its term must run.
    """
    digest = content_digest(page, revision)
    if entry is None or entry.digest != digest:
        return [_("What was approved is not what would have been published.")]
    approvals = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL, workflow_state_id=entry.workflow_state_id, digest=digest
    )
    if set(entry.levels) - set(approvals.values_list("level", flat=True)):
        return [_("An approval is missing on the record.")]
    scheduled_page = revision.as_object()
    files = (*images_of(scheduled_page), *documents_of(scheduled_page))
    if any(file_errors(file) for file in files):
        return [_("A file of it is missing or was exchanged on the disk.")]
    if scheduled_page.ends_at and scheduled_page.ends_at <= now:
        return [_("Its term was over before it could be published.")]
    if hidden_ancestor(page):
        return [_("The page above this one is not public.")]
    return []


def delay_detail(due_at: datetime, now: datetime) -> dict[str, int]:
    """Return the record's `late_minutes` if a run was missed, else nothing."""
    delay = now - due_at
    return {"late_minutes": int(delay.total_seconds() // 60)} if delay > LATE_AFTER else {}


def ids_of_ended_pages(now: datetime) -> list[int]:
    """Return the ids of live pages whose term is over: by `expire_at`, or by their own content."""
    ids = set(Page.objects.live().filter(expire_at__lte=now).values_list("pk", flat=True))
    for model in cast("list[type[BasePage]]", page_types_with_end()):
        ids |= set(model.ended().values_list("pk", flat=True))
    return sorted(ids)


@transaction.atomic
def _take_down_ended(page_id: int, now: datetime) -> Outcome | None:
    page = lock_pages([Page(pk=page_id)])[0]
    if not page.live or page.pk not in ids_of_ended_pages(now):
        return None
    # Nothing stays public below a page that has come down.
    pages = lock_pages(page.get_descendants(inclusive=True).live())
    unpublish_pages(pages, RecordEntry.Kind.EXPIRY, detail=_takedown_delay(page, now))
    return Outcome.TAKEN_DOWN


def _takedown_delay(page: BasePage, now: datetime) -> dict[str, int]:
    """Return how late a page comes down; what was public only after its end is due since then."""
    if not page.ends_at or page.ends_at > now:
        return {}
    publication = RecordEntry.objects.filter(page_id=page.pk, kind__in=record.WENT_PUBLIC).last()
    return delay_detail(max(page.ends_at, publication.at) if publication else page.ends_at, now)


def scheduled_revisions(paths: list[str] | None = None) -> QuerySet[Revision]:
    """Return the scheduled revisions of pages below `paths` (None: of all), soonest first."""
    revisions: QuerySet[Revision] = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False
    )
    if paths is not None:
        page_ids = Page.objects.filter(below_paths(paths)).values_list("pk", flat=True)
        revisions = revisions.filter(object_id__in=[str(pk) for pk in page_ids])
    return revisions.order_by("approved_go_live_at", "pk")


def call_back_errors(page: Page, user: User) -> list[str]:
    """Return why `user` may not call the schedule of `page` back; empty if nothing is against."""
    if not permissions.may_call_back(user, page):
        return [_("Only a final approver of the district calls a scheduled item back.")]
    if page.scheduled_revision is None:
        return [_("Nothing is scheduled for this page any more.")]
    return []


@transaction.atomic
def call_back(page: Page, user: User, reason: str) -> RecordEntry:
    """Call a scheduled version back: its page is an editable draft again. Return the entry.

    The effects are those of `unschedule`.

    Raises:
        Refused: with the errors; the time stands.
    """
    locked_page = lock_pages([page])[0]
    errors = call_back_errors(locked_page, user)
    if not reason.strip():
        errors.append(_("Say why its publication is cancelled."))
    if errors:
        raise Refused(errors)
    return unschedule(locked_page, user, reason.strip())


def unschedule(page: BasePage, user: User | None, reason: str, **detail: bool) -> RecordEntry:
    """Take the time from the scheduled version of `page`; return the entry about it.

    `detail` says how it came about: `failed` (it may not be published) or `withdrawn`.

    Effects, in order:
        record: one entry
        notices: the writers; after a failure the final approvers as well
        the revision: loses its time; neither what readers see nor search changes
        files: the locks of the page are released
    """
    revision = page.scheduled_revision
    schedule_entry = _schedule_entry(revision)
    entry = record.append(
        RecordEntry.Kind.UNSCHEDULE,
        page,
        revision,
        user=user,
        opinion=reason,
        workflow_state_id=schedule_entry.workflow_state_id if schedule_entry else None,
        levels=schedule_entry.levels if schedule_entry else [],
        detail={"reason": reason} | detail,
    )
    notices.unscheduled(entry)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    file_locks.release_files(page.pk)
    return entry

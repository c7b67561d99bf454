"""What was approved for a later time: published when due, taken down when its term is over.

Nothing is lost when a run is missed: what is due stays due, is caught up and says how late.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from audit import record
from audit.content_digest import content_digest
from audit.models import RecordEntry
from audit.verification import file_errors
from core.media import file_locks
from core.media.references import documents_of, images_of, page_types_with_end
from core.publishing.refusals import Refused
from core.tree import below_paths, hidden_ancestor
from publication import notices, unpublish
from publication.publish import publish_revision
from publication.urgent_items import owe_post_publication_check
from roles import reviewers
from roles.models import Level

JOB = "schedule"
LATE = timedelta(minutes=15)


class SomeFailed(Exception):
    """Some pages failed, of those that were due; the others are done."""


def run_due(now: datetime | None = None) -> dict[str, int]:
    """Publish and take down what is due at `now`; returns how many of each.

    It can be run as often as one likes: each page has a transaction of its own, and is looked at
    again under its lock. One page that fails does not stop the others.

    Raises:
        SomeFailed: with the failures, after everything else was done.
    """
    now = now or timezone.now()
    done = {"published": 0, "refused": 0, "taken_down": 0}
    failures = []
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now)
    jobs = [(_publish, key) for key in due.order_by("approved_go_live_at").values_list("pk")]
    jobs += [(_expire, (key,)) for key in pages_past_their_end(now)]
    for job, arguments in jobs:
        try:
            if outcome := job(*arguments, now):
                done[outcome] += 1
        except Exception as failure:
            failures.append(f"{arguments[0]}: {failure}")
    if failures:
        raise SomeFailed("; ".join(failures))
    return done


@transaction.atomic
def _publish(revision_id: int, now) -> str | None:
    revision = Revision.objects.select_for_update().get(pk=revision_id)
    due = revision.approved_go_live_at
    if due is None or due > now:
        return None
    page = unpublish.lock_pages([revision.content_object])[0]
    entry = _schedule_entry(revision)
    if reasons := _against(page, revision, entry, now):
        unschedule(page, None, " ".join(reasons), failed=True)
        return "refused"
    if entry.urgent:
        owe_post_publication_check(entry.workflow_state_id)
    publish_revision(
        page,
        revision,
        RecordEntry.Kind.PUBLICATION,
        workflow_state_id=entry.workflow_state_id,
        levels=entry.levels,
        urgent=entry.urgent,
        detail=entry.detail | lateness(due, now),
    )
    return "published"


def _schedule_entry(revision) -> RecordEntry | None:
    entries = RecordEntry.objects.filter(page_id=revision.object_id, revision_id=revision.pk)
    return entries.filter(kind=RecordEntry.Kind.SCHEDULE).last()


def _against(page, revision, entry, now) -> list[str]:
    """Why a scheduled text is not published: not what was approved, or too late; else empty."""
    digest = content_digest(page, revision)
    if entry is None or entry.digest != digest:
        return [_("What was approved is not what would have been published.")]
    approvals = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL, workflow_state_id=entry.workflow_state_id, digest=digest
    )
    if set(entry.levels) - set(approvals.values_list("level", flat=True)):
        return [_("An approval is missing on the record.")]
    text = revision.as_object()
    if any(file_errors(file) for file in (*images_of(text), *documents_of(text))):
        return [_("A file of it is missing or was exchanged on the disk.")]
    if text.ends_at and text.ends_at <= now:
        return [_("Its term was over before it could be published.")]
    if hidden_ancestor(page):
        return [_("The page above this one is not public.")]
    return []


def lateness(due, now) -> dict:
    """`late_minutes`, if what was due waited for a missed run."""
    return {"late_minutes": int((now - due).total_seconds() // 60)} if now - due > LATE else {}


def pages_past_their_end(now) -> list[int]:
    """Keys of the live pages whose time is over: by their date, or by their own last day."""
    keys = set(Page.objects.live().filter(expire_at__lte=now).values_list("pk", flat=True))
    for model in page_types_with_end():
        keys |= set(model.ended().values_list("pk", flat=True))
    return sorted(keys)


@transaction.atomic
def _expire(page_id: int, now) -> str | None:
    page = unpublish.lock_pages([Page(pk=page_id)])[0]
    if not page.live or page.pk not in pages_past_their_end(now):
        return None
    # Nothing stays public below a page that has come down.
    below = page.get_descendants(inclusive=True).live()
    detail = lateness(page.ends_at, now) if page.ends_at and page.ends_at <= now else {}
    unpublish.unpublish_pages(
        unpublish.lock_pages(below), RecordEntry.Kind.EXPIRY, expired=True, detail=detail
    )
    return "taken_down"


def scheduled_within(paths=None):
    """The scheduled revisions of pages below `paths` (None: of all), soonest first."""
    found = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    if paths is not None:
        pages = Page.objects.filter(below_paths(paths)).values_list("pk", flat=True)
        found = found.filter(object_id__in=[str(key) for key in pages])
    return found.order_by("approved_go_live_at", "pk")


def call_back_errors(page, user) -> list[str]:
    """Why `user` may not call back the schedule of `page`; empty if nothing stands against it."""
    if not reviewers.is_reviewer(user, page, Level.FINAL):
        return [_("Only a final approver of the district calls a scheduled item back.")]
    if page.scheduled_revision is None:
        return [_("Nothing is scheduled for this page any more.")]
    return []


@transaction.atomic
def call_back(page, user, reason: str) -> None:
    """Call a scheduled version back: its page is an editable draft again.

    Raises:
        gate.Refused: with the reasons; the time stands.
    """
    page = unpublish.lock_pages([page])[0]
    reasons = call_back_errors(page, user)
    if not reason.strip():
        reasons.append(_("Say why the item is called back."))
    if reasons:
        raise Refused(reasons)
    unschedule(page, user, reason.strip())


def unschedule(page, user, reason: str, **detail) -> None:
    """Take the time from the scheduled version of `page`; `detail` says how it came about."""
    revision = page.scheduled_revision
    entry = _schedule_entry(revision)
    recorded = record.append(
        RecordEntry.Kind.UNSCHEDULE,
        page,
        revision,
        user=user,
        opinion=reason,
        workflow_state_id=entry.workflow_state_id if entry else None,
        levels=entry.levels if entry else [],
        detail={"reason": reason} | detail,
    )
    notices.unscheduled(recorded)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    file_locks.release_files(page.pk)

"""Take pages off the public site: shared by withdrawal and by the end of a page's term."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.images import get_image_model
from wagtail.models import Revision
from wagtail.search import index

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.media import file_locks
from core.media.references import images_of, pages_showing
from core.models import BasePage
from core.publishing.contexts import publishing
from publication import notices
from publication.models import UrgentItem


def unpublish_pages(
    pages: Iterable[BasePage],
    kind: str,
    *,
    user: User | None = None,
    opinion: str = "",
    detail: dict[str, Any] | None = None,
) -> list[RecordEntry]:
    """Take these live pages down and return the entries about them, one for each page.

    Call it in a transaction, with locked pages. `kind` is the record's WITHDRAWAL, which sets the
    page's `withdrawn_at`, or EXPIRY, which sets its `expired`.

    Effects on each page, in order:
        record: one entry
        notices: after a withdrawal the writers
        check after publication: an open one is cancelled
        the page: Wagtail unpublishes it inside `publishing()`; its save lets `search.receivers`
            delete the entries of the page and of all below it
        schedule: an approved later version keeps its time when only the term of this one is over
        files: locks are released unless a version of the page waits or has its time
        search: on commit the page leaves Wagtail's own index
    Afterwards the renditions of images that no public page shows are deleted. The review queue
    does not change: whoever ends reviews does so before (`withdrawal.end_reviews`).
    """
    pages = list(pages)
    image_ids = {image.pk for page in pages for image in images_of(page)}
    withdrawn_at = timezone.now() if kind == RecordEntry.Kind.WITHDRAWAL else None
    # Aliases first: Wagtail would take them down along with their source, outside `publishing`.
    ordered = sorted(pages, key=lambda page: (page.alias_of_id is None, -page.depth))
    entries = []
    for page in ordered:
        entries.append(_record(kind, page, user, opinion, detail or {}))
        _unpublish_one(page, entries[-1], user, withdrawn_at)
    delete_unused_renditions(image_ids)
    return entries


def _unpublish_one(
    page: BasePage, entry: RecordEntry, user: User | None, withdrawn_at: datetime | None
) -> None:
    if withdrawn_at:
        notices.withdrawn(entry)
    # Nobody can check any more what is not public.
    UrgentItem.objects.filter(page_id=page.pk, checked_at=None).update(check_due_at=None)
    scheduled_revision = page.scheduled_revision
    is_expiry = withdrawn_at is None
    with publishing(page):
        page.withdrawn_at = withdrawn_at
        UnpublishPageAction(page, set_expired=is_expiry, user=user).execute(
            skip_permission_checks=True
        )
    if scheduled_revision and is_expiry:
        # Wagtail clears a later version's time along with the page; this one was approved.
        go_live_at = scheduled_revision.approved_go_live_at
        Revision.objects.filter(pk=scheduled_revision.pk).update(approved_go_live_at=go_live_at)
    elif not page.workflow_in_progress:
        file_locks.release_files(page.pk)
    transaction.on_commit(lambda: index.remove_object(page))


def _record(
    kind: str, page: BasePage, user: User | None, opinion: str, detail: dict[str, Any]
) -> RecordEntry:
    """Append the entry about one page; an alias is recorded with the version of its source."""
    revision = page.live_revision or page.latest_revision
    if revision is None and page.alias_of_id:
        revision = page.alias_of.live_revision or page.alias_of.latest_revision
    if revision is not None:
        return record.append(kind, page, revision, user=user, detail=detail, opinion=opinion)
    return record.append_without_content(
        kind,
        page.get_admin_display_title(),
        user=user,
        page_id=page.pk,
        page_path=page.url_path,
        detail=detail,
        opinion=opinion,
    )


def delete_unused_renditions(image_ids: set[int]) -> None:
    """Delete, rows and files, the renditions of those images that no public page shows."""
    image_model = get_image_model()
    shown = pages_showing(image_model, image_ids)
    unused = [pk for pk in image_ids if str(pk) not in shown]
    for image in image_model.objects.filter(pk__in=unused):
        # One by one: the file and the cache go with each row's signal.
        for rendition in image.renditions.all():
            rendition.delete()

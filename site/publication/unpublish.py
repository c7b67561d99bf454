"""Taking pages off the public site: what withdrawal and the end of a term have in common."""

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.search import index

from audit import record
from audit.models import RecordEntry
from core.media import file_locks
from core.media.references import images_of, pages_showing
from core.publishing.contexts import publishing
from publication import notices
from publication.models import UrgentItem


def unpublish_pages(
    pages, kind, *, user=None, expired=False, at=None, detail=None, opinion=""
) -> None:
    """Take these live pages down, one entry each; their pictures go where nobody else shows them.

    Call it in a transaction. `at` is set as the time of withdrawal; without it the page has only
    come to the end of its term (`expired`).
    """
    pages = list(pages)
    images = {image.pk for page in pages for image in images_of(page)}
    # Aliases first: Wagtail would take them down along with their source, outside `publishing`.
    for page in sorted(pages, key=lambda page: (page.alias_of_id is None, -page.depth)):
        _take_down_one(page, kind, user, expired, at, detail or {}, opinion)
    delete_renditions(images)


def _take_down_one(page, kind, user, expired, at, detail, opinion) -> None:
    revision = page.live_revision or page.latest_revision
    if revision is None and page.alias_of_id:
        revision = page.alias_of.live_revision or page.alias_of.latest_revision
    entry = _record(kind, page, revision, user, detail, opinion)
    if kind == RecordEntry.Kind.WITHDRAWAL:
        notices.withdrawn(entry)
    # Nobody can look any more at what has come down.
    UrgentItem.objects.filter(page_id=page.pk, checked_at=None).update(check_due_at=None)
    scheduled = page.scheduled_revision
    with publishing(page):
        page.withdrawn_at = at
        UnpublishPageAction(page, set_expired=expired, user=user).execute(
            skip_permission_checks=True
        )
    if scheduled and expired:
        # Wagtail forgets a later version's time along with the page; this one was approved.
        time = scheduled.approved_go_live_at
        Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=time)
    elif not page.workflow_in_progress:
        file_locks.release_files(page.pk)
    transaction.on_commit(lambda: index.remove_object(page))


def _record(kind, page, revision, user, detail, opinion) -> RecordEntry:
    if revision is not None:
        return record.append(kind, page, revision, user=user, detail=detail, opinion=opinion)
    return record.append_change(
        kind,
        page.get_admin_display_title(),
        user=user,
        page_id=page.pk,
        page_path=page.url_path,
        detail=detail,
        opinion=opinion,
    )


def delete_renditions(images) -> None:
    """Delete, rows and files, the public sizes of those images that no public page shows."""
    model = get_image_model()
    shown = pages_showing(model, images)
    for image in model.objects.filter(pk__in=[key for key in images if str(key) not in shown]):
        # One by one: the file and the cache go with each row's signal.
        for rendition in image.renditions.all():
            rendition.delete()


def lock_pages(pages) -> list:
    """The specific pages, read after their rows were locked."""
    keys = [page.pk for page in pages]
    list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return list(Page.objects.filter(pk__in=keys).order_by("path").specific())

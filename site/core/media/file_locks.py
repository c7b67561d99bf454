"""Locks on files that a waiting or scheduled text shows: they do not change until it is decided."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from core.media.references import file_ids
from core.media.reviewed_files import FileLock


def lock_files(page_id: int, page: Page) -> None:
    """Lock the files that `page` (as its submitted revision has it) refers to, and no others."""
    FileLock.objects.filter(page_id=page_id).delete()
    FileLock.objects.bulk_create(
        FileLock(
            page_id=page_id,
            content_type=ContentType.objects.get_for_model(model),
            object_id=key,
        )
        for model, keys in file_ids(page).items()
        for key in sorted(keys)
    )


def release_files(page_id: int) -> None:
    """Release the files that were locked for this page."""
    FileLock.objects.filter(page_id=page_id).delete()

"""Files that a waiting or scheduled text shows are held: they stand still until it is decided."""

from django.contrib.contenttypes.models import ContentType

from core.media.models import FileLock
from core.media.references import file_ids


def lock_files(page_id: int, page) -> None:
    """Hold the files that `page` (as its submitted revision has it) refers to, and no others."""
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
    """Let go of the files that were held for this page."""
    FileLock.objects.filter(page_id=page_id).delete()

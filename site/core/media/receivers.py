"""What happens when a file is deleted, which Wagtail does in several ways."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from core.media.draft_references import is_referenced_by_draft
from core.media.models import Document, Image
from core.media.reviewed_files import IN_DRAFT, IN_USE, ReviewedFileModel
from core.publishing.refusals import PublishingRefused


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Document)
def refuse_deletion_in_use(sender: type[Model], instance: ReviewedFileModel, **kwargs: Any) -> None:
    """Raise PublishingRefused for a file that a page refers to, or a text not public yet."""
    if instance.is_referenced():
        raise PublishingRefused(IN_USE)
    if is_referenced_by_draft(instance):
        raise PublishingRefused(IN_DRAFT)

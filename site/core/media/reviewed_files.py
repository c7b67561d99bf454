"""Files of which readers and reviewers see what was reviewed, and the locks on those in review."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from core.media.draft_references import is_referenced_by_draft
from core.media.file_authors import record_file_author
from core.publishing.refusals import PublishingRefused

IN_REVIEW = _(
    "A public page or a page in review shows this file, so its details and its collection cannot "
    "change. Upload it again and choose the new one on the page."
)

IN_USE = _("This file is in use. Upload a new one and choose it on the page.")
IN_DRAFT = _(
    "A text that is not public yet shows this file: a draft, a waiting or scheduled version, or "
    "a suggested text. Choose another file there first."
)


class FileLock(models.Model):
    """A file that a waiting or scheduled text refers to; written by `core.media.file_locks`.

    What live pages refer to, the reference index knows.
    """

    page_id = models.BigIntegerField(db_index=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("file lock")
        verbose_name_plural = _("file locks")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "content_type", "object_id"], name="locked_once_per_page"
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.content_type_id} {self.object_id}"


class FileQuerySet(models.QuerySet):
    """Files whose reviewed fields do not change while readers or reviewers see them."""

    def update(self, **values: Any) -> int:
        """Update the rows, as Wagtail's bulk action does with the collection.

        Raises:
            PublishingRefused: a reviewed field of a reviewed file would change.
        """
        if set(values) & self.model.reviewed_fields():
            for file in self:
                file.refuse_if_reviewed()
        return super().update(**values)


class ReviewedFileModel(models.Model):
    """A file of which readers and reviewers see what was reviewed.

    While a public or waiting page refers to it, its reviewed fields do not change.
    """

    # Declared by the subclasses.
    file: Any
    # Wagtail's own models of the same names stay installed and would claim the same accessors;
    # `tags` below has a related_name of its own for the same reason.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Wagtail reads this attribute of a field.
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and note who gave it the form that it has from now on.

        Raises:
            PublishingRefused: a reviewed field of a reviewed file would change.
        """
        created = self._state.adding
        changes = self.changes_reviewed(kwargs.get("update_fields"))
        if changes:
            self.refuse_if_reviewed()
        super().save(*args, **kwargs)
        if created or changes:
            record_file_author(self, created)

    def digest_line(self) -> str:
        """Return the line by which the content digest names this file: id, bytes and words."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if self.replaces_file() and self.in_use():
            raise ValidationError({"file": IN_USE})
        if self.changes_reviewed() and self.is_reviewed():
            raise ValidationError(IN_REVIEW)

    @classmethod
    def reviewed_fields(cls) -> set[str]:
        """Return the fields that stand still while a page shows the file; the digest has most."""
        return {"title", "file", "collection"}

    def changes_reviewed(self, update_fields: Collection[str] | None = None) -> bool:
        """Return whether saving (`update_fields` alone, if given) changes a reviewed field."""
        if self._state.adding or not self.pk:
            return False
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        return stored is not None and any(
            getattr(stored, column) != getattr(self, column)
            for column in self._reviewed_columns(update_fields)
        )

    def _reviewed_columns(self, update_fields: Collection[str] | None) -> list[str]:
        reviewed = self.reviewed_fields()
        return [
            field.attname
            for field in self._meta.concrete_fields
            if field.name in reviewed
            and (update_fields is None or {field.name, field.attname} & set(update_fields))
        ]

    def is_reviewed(self) -> bool:
        """Return whether a live page, or a text that waits or is scheduled, refers to it."""
        content_type = ContentType.objects.get_for_model(type(self))
        if FileLock.objects.filter(content_type=content_type, object_id=str(self.pk)).exists():
            return True
        keys = ReferenceIndex.get_references_to(self).values_list("object_id", flat=True)
        return Page.objects.live().filter(pk__in=[key for key in keys if key.isdigit()]).exists()

    def refuse_if_reviewed(self) -> None:
        """Raise PublishingRefused where `is_reviewed`."""
        if self.is_reviewed():
            raise PublishingRefused(IN_REVIEW)

    def replaces_file(self) -> bool:
        """Return whether a stored file is about to be replaced by a newly uploaded one."""
        return bool(self.pk and self.file) and not self.file._committed

    def in_use(self) -> bool:
        """Return whether any page refers to it: its row, or a text that is not public yet."""
        return self.is_referenced() or is_referenced_by_draft(self)

    def is_referenced(self) -> bool:
        """Return whether the row of a page refers to it: live, or a draft never published."""
        return ReferenceIndex.get_references_to(self).exists()

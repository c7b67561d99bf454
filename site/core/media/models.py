"""Images and documents of our own, from the first migration."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    WagtailImageField,
    get_upload_to,
)
from wagtail.models import Page, ReferenceIndex

from core.media.draft_references import is_referenced_by_draft
from core.media.image_processing import OneFileEach, without_metadata
from core.media.storage import private_storage
from core.publishing.refusals import PublishingRefused

IN_REVIEW = _(
    "A public or waiting page shows this file, so its words and its place stand still. "
    "Upload it anew and choose the new one on the page."
)

IN_USE = _("This file is in use. Upload a new one and choose it on the page.")
IN_DRAFT = _(
    "A text that is not public yet shows this file: a draft, a waiting or scheduled version, or "
    "a suggested text. Choose another file there first."
)


class FileLock(models.Model):
    """A file that a waiting or scheduled text refers to; live pages are asked by their references.

    Kept by `core.media.file_locks`.
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
    """Files whose words and place stand still while readers or reviewers see them."""

    def update(self, **values):
        # Raises PublishingRefused: Wagtail's bulk action writes a collection past `save()`.
        if set(values) & self.model.reviewed_fields():
            for thing in self:
                thing.refuse_if_reviewed()
        return super().update(**values)


class ReplacementGuard(models.Model):
    """What readers or reviewers see of a file in use stays what it was."""

    # Wagtail's own models of the same names stay installed and would claim the same accessors
    # (so `tags` below names its own as well).
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.changes_reviewed(kwargs.get("update_fields")):
            self.refuse_if_reviewed()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.replaces_file() and self.in_use():
            raise ValidationError({"file": IN_USE})
        if self.changes_reviewed() and self.is_reviewed():
            raise ValidationError(IN_REVIEW)

    @classmethod
    def reviewed_fields(cls) -> set[str]:
        """The columns that are read together with a page: changed, they are other content."""
        return {"title", "file", "collection"}

    def changes_reviewed(self, columns=None) -> bool:
        """Whether saving (these columns alone, if given) changes what reviewers decide on."""
        if self._state.adding or not self.pk:
            return False
        before = type(self)._base_manager.filter(pk=self.pk).first()
        return before is not None and any(
            getattr(before, column) != getattr(self, column)
            for column in self._reviewed_columns(columns)
        )

    def _reviewed_columns(self, columns) -> list[str]:
        fields = [self._meta.get_field(name) for name in self.reviewed_fields()]
        return [
            field.attname
            for field in fields
            if columns is None or {field.name, field.attname} & set(columns)
        ]

    def is_reviewed(self) -> bool:
        """Whether a live page, or a text that waits or is scheduled, refers to it."""
        kind = ContentType.objects.get_for_model(type(self))
        if FileLock.objects.filter(content_type=kind, object_id=str(self.pk)).exists():
            return True
        keys = ReferenceIndex.get_references_to(self).values_list("object_id", flat=True)
        return Page.objects.live().filter(pk__in=[key for key in keys if key.isdigit()]).exists()

    def refuse_if_reviewed(self) -> None:
        """Raises PublishingRefused where `is_reviewed`."""
        if self.is_reviewed():
            raise PublishingRefused(IN_REVIEW)

    def replaces_file(self) -> bool:
        """Whether a stored file is about to be exchanged for a newly uploaded one."""
        return bool(self.pk and self.file) and not self.file._committed

    def in_use(self) -> bool:
        """Whether any page refers to it: its row, or a text of it that is not public yet."""
        return self.is_on_a_row() or is_referenced_by_draft(self)

    def is_on_a_row(self) -> bool:
        """Whether the index of references knows it: from live pages, and drafts never public."""
        return ReferenceIndex.get_references_to(self).exists()


class ImageFiles(FileQuerySet, ImageQuerySet):
    pass


class DocumentFiles(FileQuerySet, DocumentQuerySet):
    pass


class Image(OneFileEach, ReplacementGuard, AbstractImage):  # noqa: DJ008 (inherited)
    """A picture with what a public site must know of it; `description` is its alt text."""

    class People(models.TextChoices):
        NONE = "none", _("nobody")
        ADULTS = "adults", _("adults")
        MINORS = "minors", _("minors")
        FAR = "far", _("a group far away")

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        GIVEN = "given", _("given in writing")
        MISSING = "missing", _("still missing")

    file = WagtailImageField(
        _("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
        storage=private_storage,
    )
    tags = TaggableManager(verbose_name=_("tags"), blank=True, related_name="own_images")
    # Not `decorative`: Wagtail sets an attribute of that name on every instance it makes.
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tick only if the picture says nothing that the text does not say."),
    )
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    people = models.CharField(
        _("people shown"), max_length=10, choices=People.choices, default=People.NONE
    )
    consent = models.CharField(
        _("consent"), max_length=12, choices=Consent.choices, default=Consent.NOT_NEEDED
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "people",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    objects = ImageFiles.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors = {}
        if not self.description and not self.is_decorative:
            errors["description"] = _(
                "Say in one sentence what the picture shows, or tick “decorative”."
            )
        if self.people == self.People.MINORS and self.consent == self.Consent.NOT_NEEDED:
            errors["consent"] = _("Pictures of minors need their guardians' consent.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def reviewed_fields(cls) -> set[str]:
        words = {"description", "is_decorative", "credit", "people", "consent"}
        focus = {f"focal_point_{name}" for name in ("x", "y", "width", "height")}
        return super().reviewed_fields() | words | focus

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def get_upload_to(self, filename):
        """A name that cannot be guessed and says nothing: file names carry names of people."""
        return f"original_images/{secrets.token_hex(12)}{PurePath(filename).suffix.lower()}"


class Rendition(AbstractRendition):
    """A resized picture, in the public media root."""

    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

    def get_upload_to(self, filename):
        """A name that was never given before: what was withdrawn stays gone at its old address."""
        # Short: a page names a picture in many sizes.
        return f"images/{secrets.token_hex(8)}{PurePath(filename).suffix.lower()}"

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


def document_path(instance, filename):
    """Where a document's file lies: unguessable, with its ending kept."""
    return f"documents/{secrets.token_hex(12)}/{filename}"


class Document(ReplacementGuard, AbstractDocument):  # noqa: DJ008 (inherited)
    """A file to download."""

    file = models.FileField(_("file"), upload_to=document_path, storage=private_storage)
    tags = TaggableManager(verbose_name=_("tags"), blank=True, related_name="own_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    objects = DocumentFiles.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Document)
def keep_what_is_in_use(sender, instance, **kwargs):
    """Refuse to delete a file that a page shows, or a text of it that is still to be decided."""
    if instance.is_on_a_row():
        raise PublishingRefused(IN_USE)
    if is_referenced_by_draft(instance):
        raise PublishingRefused(IN_DRAFT)

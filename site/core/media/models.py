"""Images, their renditions, and documents."""

import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
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

from core.media.image_processing import OneFileEach, without_metadata
from core.media.reviewed_files import FileQuerySet, ReviewedFileModel
from core.media.storage import private_storage, stored_hash


class ImageFileQuerySet(FileQuerySet, ImageQuerySet):
    pass


class DocumentFileQuerySet(FileQuerySet, DocumentQuerySet):
    pass


class Image(OneFileEach, ReviewedFileModel, AbstractImage):  # type: ignore[django-manager-missing]
    """An image with credit, people and consent; `description` is its alt text."""

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

    objects = ImageFileQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, a new file without its metadata."""
        if self.file and not self.file._committed:
            self.file = without_metadata(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    def clean(self) -> None:
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
        texts = {"description", "is_decorative", "credit", "people", "consent"}
        focal_point = {f"focal_point_{name}" for name in ("x", "y", "width", "height")}
        return super().reviewed_fields() | texts | focal_point

    def digest_line(self) -> str:
        return (
            f"image {self.pk} {self.file.name} {self.get_file_hash()} {self.title} "
            f"{self.description} {self.is_decorative} {self.credit}"
        )

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def get_upload_to(self, filename: str) -> str:
        """Return a random path: it cannot be guessed, and file names carry names of people."""
        return f"original_images/{secrets.token_hex(12)}{PurePath(filename).suffix.lower()}"


class StoredHashField(models.CharField):
    """The hash of the row's file, computed as the row is inserted, in bulk too."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if add:
            setattr(model_instance, self.attname, stored_hash(model_instance))
        value: str = getattr(model_instance, self.attname)
        return value


class Rendition(AbstractRendition):
    """A rendition of an image, in the public media root."""

    image: models.ForeignKey = models.ForeignKey(
        Image, related_name="renditions", on_delete=models.CASCADE
    )
    # Of the bytes as they were made; verification compares those on the disk.
    file_hash = StoredHashField(max_length=40, blank=True, editable=False)

    def get_upload_to(self, filename: str) -> str:
        """Return a new path each time: what was withdrawn does not come back at its old one."""
        # Short, since a page names an image in many sizes.
        return f"images/{secrets.token_hex(8)}{PurePath(filename).suffix.lower()}"

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


def document_path(instance: "Document", filename: str) -> str:
    """Return a path for a document's file that cannot be guessed and keeps its name."""
    return f"documents/{secrets.token_hex(12)}/{filename}"


class Document(ReviewedFileModel, AbstractDocument):
    """A file to download."""

    file = models.FileField(_("file"), upload_to=document_path, storage=private_storage)
    tags = TaggableManager(verbose_name=_("tags"), blank=True, related_name="own_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    objects = DocumentFileQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def digest_line(self) -> str:
        return f"document {self.pk} {self.file.name} {self.get_file_hash()} {self.title}"

"""Images and documents of our own, from the first migration."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    get_upload_to,
)
from wagtail.models import ReferenceIndex

from core.images import without_metadata
from core.storage import private_storage


class ReplacementGuard(models.Model):
    """Until review covers files, the file of something in use stays what it was."""

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

    def clean(self):
        super().clean()
        if self.replaces_file() and self.in_use():
            raise ValidationError(
                {"file": _("This file is in use. Upload a new one and choose it on the page.")}
            )

    def replaces_file(self) -> bool:
        """Whether a stored file is about to be exchanged for a newly uploaded one."""
        return bool(self.pk and self.file) and not self.file._committed

    def in_use(self) -> bool:
        """Whether any page, draft or live, refers to it."""
        return ReferenceIndex.get_references_to(self).exists()


class Image(ReplacementGuard, AbstractImage):  # noqa: DJ008 (inherited)
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

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def get_upload_to(self, filename):
        """A name that cannot be guessed and says nothing: file names carry names of people."""
        return f"original_images/{secrets.token_hex(12)}{PurePath(filename).suffix.lower()}"


class Rendition(AbstractRendition):
    """A resized picture, in the public media root."""

    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

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

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Document)
def keep_what_is_in_use(sender, instance, **kwargs):
    """Refuse to delete a file that a page shows: the page would change without review."""
    if instance.in_use():
        raise PermissionDenied(
            _("This file is in use. Upload a new one and choose it on the page.")
        )

"""The record of decisions: appended, never changed, standing by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.QuerySet):
    """Rows that are read and added to, never rewritten or removed in bulk."""

    def update(self, **values):
        raise TypeError("the record is appended to, never changed")

    def delete(self):
        raise TypeError("the record is appended to, never shortened")


class RecordEntry(models.Model):
    """One decision. It copies what it proves and has no foreign key that could take it along."""

    class Kind(models.TextChoices):
        FOUNDING = "founding", _("founding")
        APPROVAL = "approval", _("approval")
        RETURN = "return", _("return for changes")
        PUBLICATION = "publication", _("publication")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    page_id = models.BigIntegerField(_("page"), db_index=True)
    page_path = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=255)
    revision_id = models.BigIntegerField(_("version"))
    workflow_state_id = models.BigIntegerField(_("submission"), null=True, db_index=True)
    digest = models.CharField(_("content digest"), max_length=64)
    level = models.CharField(_("level"), max_length=10, blank=True)
    levels = models.JSONField(_("levels in force"), default=list)
    user_id = models.BigIntegerField(_("person"), null=True)
    user_name = models.CharField(_("name"), max_length=200, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("record entry")
        verbose_name_plural = _("record entries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()} {self.title}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("the record is appended to, never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("the record is appended to, never shortened")

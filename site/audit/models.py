"""The record of decisions: appended, never changed, standing by itself.

Each entry holds the hash of the one before it. A chain in a database proves nothing against the
database's owner, so its head is printed on every review sheet and workbook.
"""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.hash_chain import GENESIS
from roles.models import Level


class ChangeStatus(models.TextChoices):
    """How a change by two people stands; entries about it keep the value."""

    PENDING = "pending", _("waits for another person")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are read and added to, never rewritten or removed in bulk."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("the record is appended to, never changed")

    def delete(self) -> NoReturn:
        raise TypeError("the record is appended to, never shortened")


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the record is appended to, never changed")
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the record is appended to, never shortened")


class RecordEntry(AppendOnlyModel):
    """One decision. It copies what it proves and has no foreign key that could take it along.

    Entries about the rules themselves (levels, people, sites) have no page.
    """

    class Kind(models.TextChoices):
        INITIAL_PUBLICATION = "founding", _("initial publication")
        SUBMISSION = "submission", _("submission")
        APPROVAL = "approval", _("approval")
        RETURN = "return", _("return for changes")
        CORRECTION = "correction", _("correction")
        RECALL = "recall", _("recalled by its author")
        PUBLICATION = "publication", _("publication")
        SCHEDULE = "schedule", _("scheduled")
        UNSCHEDULE = "unschedule", _("schedule cancelled")
        EXPIRY = "expiry", _("expiry")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        URGENT = "urgent", _("marked urgent")
        POST_PUBLICATION_CHECK = "look", _("check after publication")
        RULE = "rule", _("change of level rules")
        MEMBER = "member", _("change of a role's people")
        DEPUTY = "deputy", _("deputy")
        CHANGE = "change", _("change by two people")
        OPENING = "opening", _("opening of a district")
        ERASURE = "erasure", _("erasure of recorded content")

    # --- the chain
    previous = models.CharField(_("hash of the entry before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    # --- what happened
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, db_index=True)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    district_key = models.UUIDField(_("district"), null=True, db_index=True)
    # --- about what
    page_id = models.BigIntegerField(_("page"), null=True, db_index=True)
    page_path = models.CharField(_("address"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=255)
    content_kind = models.CharField(_("kind of content"), max_length=100, blank=True)
    school = models.CharField(_("school"), max_length=255, blank=True)
    revision_id = models.BigIntegerField(_("version"), null=True)
    workflow_state_id = models.BigIntegerField(_("submission"), null=True, db_index=True)
    digest = models.CharField(_("content digest"), max_length=64, blank=True)
    # --- under which rule
    level = models.CharField(_("review level"), max_length=10, blank=True)
    levels = models.JSONField(_("levels in force"), default=list)
    urgent = models.BooleanField(_("urgent"), default=False)
    # --- by whom, and how
    user_id = models.BigIntegerField(_("person"), null=True)
    user_name = models.CharField(_("person's name"), max_length=200, blank=True)
    user_role = models.CharField(_("role"), max_length=200, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    ticks = models.JSONField(_("proof-reading"), default=list)
    secrecy = models.CharField(_("secrecy review"), max_length=20, blank=True)
    detail = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("record entry")
        verbose_name_plural = _("record entries")
        ordering = ["pk"]
        # What somebody decided is counted on each visit of the queue.
        indexes = [models.Index(fields=["user_id", "kind"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()} {self.title}"

    @property
    def level_name(self) -> str:
        """The level in words; empty where the entry has none."""
        return str(Level(self.level).label) if self.level else ""


class RecordedContent(AppendOnlyModel):
    """The approved content itself, once per digest: SHA-256 of `text` is `digest`."""

    digest = models.CharField(max_length=64, primary_key=True)
    # Empty once it was erased: an entry of the kind ERASURE names the digest.
    text = models.TextField()

    class Meta:
        verbose_name = _("recorded content")
        verbose_name_plural = _("recorded contents")

    def __str__(self) -> str:
        return self.digest


class RecordHead(models.Model):
    """The one row that every writer of the record locks: the hash and number of the last entry."""

    hash = models.CharField(max_length=64, default=GENESIS)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("last hash of the record")
        verbose_name_plural = _("heads of the record")

    def __str__(self) -> str:
        return self.hash

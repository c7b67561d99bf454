"""Requests to change what readers see besides the text of pages; another person confirms them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import ChangeStatus
from change_requests.kinds import ChangeRow, comparison_rows, label_of


class ChangeRequestQuerySet(models.QuerySet):
    """Requests by their state."""

    def pending(self) -> "ChangeRequestQuerySet":
        """Return those on which nobody has decided yet."""
        return self.filter(status=ChangeStatus.PENDING)


class ChangeRequest(models.Model):
    """A change that one person requests; its kind (`change_requests.kinds`) carries it out."""

    Status = ChangeStatus

    kind = models.CharField(_("kind"), max_length=30)
    district_key = models.UUIDField(_("district"), null=True, db_index=True)
    title = models.CharField(_("what would change"), max_length=255)
    payload = models.JSONField(_("details"), default=dict)
    reason = models.CharField(_("reason"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PENDING
    )
    # The account that it is about, which does not confirm it.
    subject_id = models.BigIntegerField(_("person"), null=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    opinion = models.CharField(_("opinion"), max_length=200, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        """Whether it waits for another person."""
        return self.status == self.Status.PENDING

    @property
    def kind_label(self) -> str:
        """The kind of change, for people."""
        return label_of(self.kind)

    @property
    def comparison_rows(self) -> list[ChangeRow]:
        """The state before and after, row by row; "before" is read anew each time."""
        return comparison_rows(self.kind, self.payload)

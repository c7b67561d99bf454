"""Changes of what the public sees that are no text of a page: one proposes, another confirms."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import ChangeStatus


class ChangeRequest(models.Model):
    """A change that somebody proposed; its kind (`change_requests.domain`) knows what it does."""

    Status = ChangeStatus

    kind = models.CharField(_("kind"), max_length=30)
    district_key = models.UUIDField(_("district"), null=True, db_index=True)
    title = models.CharField(_("what would change"), max_length=255)
    payload = models.JSONField(_("details"), default=dict)
    reason = models.CharField(_("reason"), max_length=200)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PENDING
    )
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

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return self.title

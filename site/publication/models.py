"""Submissions that pass by the urgent rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UrgentItem(models.Model):
    """A submission that passes by the urgent rule, and the check that it owes afterwards.

    A third person, who neither wrote nor approved it, checks it after publication.
    """

    workflow_state_id = models.BigIntegerField(_("submission"), unique=True)
    page_id = models.BigIntegerField(_("page"), db_index=True)
    page_path = models.CharField(max_length=255)
    title = models.CharField(_("title"), max_length=255)
    district_key = models.UUIDField(_("district"))
    reason = models.CharField(_("reason"), max_length=200)
    marked_at = models.DateTimeField(auto_now_add=True)
    # Set at publication, 24 hours ahead; None before it, and once the page has come down.
    check_due_at = models.DateTimeField(_("check due"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)

    class Meta:
        verbose_name = _("urgent item")
        verbose_name_plural = _("urgent items")
        ordering = ["check_due_at", "pk"]

    def __str__(self) -> str:
        return self.title

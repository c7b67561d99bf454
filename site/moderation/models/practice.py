"""How a district practises review: terms, reasons it returns with, what readers are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewPractice(models.Model):
    """The settings of one district; a district without a row has the defaults."""

    class PublicLine(models.TextChoices):
        ROLES = "roles", _("the roles that decided")
        NAMES = "names", _("the names of those who decided")

    district_key = models.UUIDField(_("district"), unique=True)
    remind_after = models.PositiveSmallIntegerField(_("remind after (working days)"), default=2)
    escalate_after = models.PositiveSmallIntegerField(_("escalate after (working days)"), default=5)
    public_line = models.CharField(
        _("what readers see of the review"),
        max_length=10,
        choices=PublicLine.choices,
        default=PublicLine.ROLES,
    )
    reasons = models.JSONField(
        _("reasons to return an item"),
        default=list,
        blank=True,
        help_text=_("Sentences that reviewers choose from."),
    )
    days_off = models.JSONField(
        _("days off"),
        default=list,
        blank=True,
        help_text=_("Days such as 2026-10-01 that are no working days, besides weekends."),
    )

    class Meta:
        verbose_name = _("practice of review")
        verbose_name_plural = _("practices of review")

    def __str__(self) -> str:
        return str(self.district_key)

"""Taking over an account that decides: by a link and a code that no single person sees both of."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ActivationQuerySet(models.QuerySet):
    """Activations by their state."""

    def open(self) -> "ActivationQuerySet":
        """Return those that can still be used."""
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class Activation(models.Model):
    """One chance to set the password of an account; of link and code only hashes are kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="activations",
    )
    change_request_id = models.BigIntegerField(db_index=True)
    # Who may print which half.
    link_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    code_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    needs_code = models.BooleanField(_("needs a code"), default=True)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_hash = models.CharField(max_length=128, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("activation")
        verbose_name_plural = _("activations")

    def __str__(self) -> str:
        return str(self.user)

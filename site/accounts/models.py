"""The people who write and decide; the public reader has no account."""

import re

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

HAN = re.compile(r"[\u4e00-\u9fff]")


class User(AbstractUser):
    """An account of one person; shared accounts are not allowed."""

    is_sample = models.BooleanField(
        _("demo account"),
        default=False,
        editable=False,
        help_text=_("Made by the demo; a real district must not have any."),
    )

    # Who set them last, and when: read by whoever confirms an appointment. Empty: the server.
    password_set_by = models.BigIntegerField(null=True, editable=False)
    password_set_at = models.DateTimeField(null=True, editable=False)
    email_set_by = models.BigIntegerField(null=True, editable=False)
    email_set_at = models.DateTimeField(null=True, editable=False)
    # When its owner took the account over by a link and a code that no single person has seen.
    activated_at = models.DateTimeField(_("activated"), null=True, editable=False)

    def get_full_name(self) -> str:
        """The name as people write it: 王青, but Ada Lovelace."""
        if HAN.search(self.last_name + self.first_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

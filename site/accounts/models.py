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

    def get_full_name(self) -> str:
        """The name as people write it: 王青, but Ada Lovelace."""
        if HAN.search(self.last_name + self.first_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

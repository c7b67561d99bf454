"""The people who write and decide; the public reader has no account."""

import re
from collections.abc import Collection
from typing import Any, Self

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

# Whoever changes one of them lets somebody in, or keeps somebody out.
SIGN_IN_FIELDS = ("password", "email", "is_active", "is_superuser", "activated_at")
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

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        account = super().from_db(db, field_names, values)
        account.remember()
        return account

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.remember()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in a transaction, in which the receivers lock the row as it is stored."""
        with transaction.atomic():
            super().save(*args, **kwargs)
        self.remember()

    def remember(self) -> None:
        """Keep what lets somebody sign in as it is stored now; `roles.receivers` compares it."""
        self.as_stored = {
            name: self.__dict__[name] for name in SIGN_IN_FIELDS if name in self.__dict__
        }

    def get_full_name(self) -> str:
        """The name as people write it: 王青, but Ada Lovelace."""
        if HAN.search(self.last_name + self.first_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

"""Management commands of Wagtail and Django that would change what the public sees are disabled."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.models import RecordEntry


class DisabledCommand(BaseCommand):
    """Fail with `reason`, which says what to do instead, whatever the arguments."""

    help = "Refuses: what is public changes only through review."
    requires_system_checks: tuple = ()
    reason: str | Promise

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        # Before any argument is parsed: a wrong one gets the same answer.
        self.stderr.write(str(self.reason))
        sys.exit(1)

    def execute(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError(str(self.reason))


def require_empty_record() -> None:
    """Raise CommandError where decisions are recorded: nothing may take the place of their data."""
    if RecordEntry.objects.exists():
        raise CommandError(
            _(
                "Reviews are recorded in this database, and what is public rests on them. "
                "Use an empty database, or restore a backup as a whole."
            )
        )

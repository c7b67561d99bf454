"""Commands of Wagtail and Django that would change what the public sees: they refuse."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.models import RecordEntry


class RefusingCommand(BaseCommand):
    """Refuses whatever it is asked, and says what to do instead."""

    help = "Refuses: what is public changes only through review."
    requires_system_checks: tuple = ()

    def instead(self) -> str:
        """What to do instead, in words."""
        raise NotImplementedError

    def run_from_argv(self, argv):
        # Before any argument is read: whichever were given, the answer is the same.
        self.stderr.write(self.instead())
        sys.exit(1)

    def execute(self, *args, **options):
        raise CommandError(self.instead())


def refuse_over_a_record() -> None:
    """Raises CommandError: decisions are recorded here, so nothing may be put in their place."""
    if RecordEntry.objects.exists():
        raise CommandError(
            _(
                "Reviews are recorded in this database, and what is public rests on them. "
                "Use an empty database, or restore a backup as a whole."
            )
        )

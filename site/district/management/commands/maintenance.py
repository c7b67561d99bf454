"""`manage.py maintenance on|off`: close the site for readers and editors, and open it again."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from district import maintenance


class Command(BaseCommand):
    help = "Close the site for maintenance, or open it again. Needs no database and no restart."
    # The database may be what is being maintained.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the state, and the end and the message of the page."""
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument("--until", help='when it will be back: "2026-12-01 08:00"')
        parser.add_argument("--words", dest="message", help="one or two sentences for readers")

    def handle(self, state: str, until: str | None, message: str | None, **options: Any) -> None:
        if state == "on":
            end = parse_future_time(until) if until else None
            maintenance.close(maintenance.Notice(end, message or ""))
            self.stdout.write(_("The site is closed. Open it again: manage.py maintenance off"))
        elif until or message:
            raise CommandError(_("--until and --words belong to “maintenance on”."))
        elif maintenance.reopen():
            self.stdout.write(_("The site is open again."))
        else:
            self.stdout.write(_("The site was open already."))


def parse_future_time(text: str) -> datetime:
    """Return the time in `text`.

    Raises:
        CommandError: there is none, or it has passed.
    """
    until = maintenance.parse_time(text)
    if until is None:
        raise CommandError(_('Write the time like this: --until "2026-12-01 08:00"'))
    if until <= timezone.now():
        raise CommandError(_("The time after --until has already passed."))
    return until

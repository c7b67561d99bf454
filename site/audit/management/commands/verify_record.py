"""`manage.py verify_record`: prove the record and everything public."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from audit.models import RecordEntry
from audit.record import head_hash
from audit.verification import find_problems, is_known_head


class Command(BaseCommand):
    help = "Prove the chain of the record, and that every public page has what made it public."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], help="a hash printed on paper, to be found again"
        )

    def handle(self, *args: Any, head: list[str], verbosity: int, **options: Any) -> None:
        progress = {"progress": self.stdout.write} if verbosity else {}
        errors = [str(problem) for problem in find_problems(**progress)]
        message = _("The printed head %(head)s is not in the chain: the record was rewritten.")
        errors += [message % {"head": each} for each in head if not is_known_head(each)]
        if errors:
            raise CommandError("\n".join(errors))
        summary = _("The record holds: %(count)s entries, head %(head)s") % {
            "count": RecordEntry.objects.count(),
            "head": head_hash(),
        }
        self.stdout.write(self.style.SUCCESS(summary))

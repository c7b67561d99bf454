"""`manage.py verify_record`: prove the record and everything public."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit import verification
from audit.models import RecordEntry
from audit.record import head_hash


class Command(BaseCommand):
    help = "Prove the chain of the record, and that every public page has what made it public."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", action="append", default=[], help="a hash printed on paper, to be found again"
        )

    def handle(self, head, verbosity, **options):
        say = self.stdout.write if verbosity else lambda words: None
        found = [str(problem) for problem in verification.find_problems(say)]
        found += [
            _("The printed head %(head)s is not in the chain: the record was rewritten.")
            % {"head": each}
            for each in head
            if not verification.knows_head(each)
        ]
        if found:
            raise CommandError("\n".join(found))
        words = _("The record holds: %(count)s entries, head %(head)s")
        said = words % {"count": RecordEntry.objects.count(), "head": head_hash()}
        self.stdout.write(self.style.SUCCESS(said))

"""`manage.py flush`: an empty installation only."""

from django.conf import settings
from django.core.management.commands.flush import Command as Flush

from admin_policy.refusals import refuse_over_a_record


class Command(Flush):
    help = f"{Flush.help} Refuses where reviews are recorded."

    def handle(self, **options):
        # Django's own tests empty their database by this command.
        if not settings.FLUSH_ALLOWED:
            refuse_over_a_record()
        return super().handle(**options)

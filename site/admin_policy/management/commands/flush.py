"""`manage.py flush`: works as long as no review is recorded."""

from typing import Any

from django.conf import settings
from django.core.management.commands.flush import Command as Flush

from admin_policy.disabled_commands import require_empty_record


class Command(Flush):
    help = f"{Flush.help} Refuses where reviews are recorded."

    def handle(self, **options: Any) -> Any:
        # Django's TransactionTestCase empties the test database by this command.
        if not settings.FLUSH_ALLOWED:
            require_empty_record()
        return super().handle(**options)

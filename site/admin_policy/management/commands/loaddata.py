"""`manage.py loaddata`: works as long as no review is recorded."""

from typing import Any

from django.core.management.commands.loaddata import Command as LoadData

from admin_policy.disabled_commands import require_empty_record
from core.publishing.contexts import confirmed_change


class Command(LoadData):
    help = f"{LoadData.help} Refuses where reviews are recorded."

    def handle(self, *args: Any, **options: Any) -> Any:
        require_empty_record()
        with confirmed_change():
            return super().handle(*args, **options)

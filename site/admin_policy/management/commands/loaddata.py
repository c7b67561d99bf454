"""`manage.py loaddata`: into an empty installation only."""

from django.core.management.commands.loaddata import Command as LoadData

from admin_policy.refusals import refuse_over_a_record
from core.publishing.contexts import confirmed_change


class Command(LoadData):
    help = f"{LoadData.help} Refuses where reviews are recorded."

    def handle(self, *args, **options):
        refuse_over_a_record()
        with confirmed_change():
            return super().handle(*args, **options)

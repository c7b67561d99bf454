"""Wagtail's own scheduler knows no gate: here it fails, on purpose."""

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refuses: use run_due, which publishes only what was approved."

    def handle(self, *args, **options):
        raise CommandError("publish_scheduled passes the gate by. Use: manage.py run_due")

"""Publish and take down what is due; for a timer, where no worker runs."""

from django.core.management.base import BaseCommand, CommandError

from notifications import worker
from publication import schedule


class Command(BaseCommand):
    help = "Publishes what was approved for a time that has come, and takes down what is over."

    def handle(self, *args, **options):
        try:
            done = worker.perform_now(schedule.JOB)
        except schedule.SomeFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items()))

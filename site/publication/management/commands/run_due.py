"""Publish and take down what is due; for a timer, where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notifications import worker
from publication import schedule
from publication.run_each import BatchError


class Command(BaseCommand):
    """Run the worker's job `schedule` now, whether it is due or not."""

    help = "Publishes what was approved for a time that has come, and takes down what is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many pages had each outcome; fail if any page failed."""
        try:
            outcomes = worker.perform_now(schedule.JOB)
        except BatchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in outcomes.items()))

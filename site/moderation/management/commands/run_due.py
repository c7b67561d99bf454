"""Publish and take down what is due; for a timer, where no worker runs."""

from django.core.management.base import BaseCommand

from moderation.schedule import run_due


class Command(BaseCommand):
    help = "Publishes what was approved for a time that has come, and takes down what is over."

    def handle(self, *args, **options):
        done = run_due()
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in done.items()))

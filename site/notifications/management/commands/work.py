"""`manage.py work`: publish what is due, send e-mails, remind; beside the web server, for ever."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from notifications.worker import Worker


class Command(BaseCommand):
    """Run the worker until a signal asks it to stop."""

    help = "Do what is due: scheduled publication, e-mails, reminders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once`; `--parent` is for the process that supervises this one."""
        parser.add_argument("--once", action="store_true", help=_("do what is due, then end"))
        parser.add_argument("--parent", type=int, help=_("end when this process has ended"))

    def handle(self, *args: Any, once: bool, parent: int | None, **options: Any) -> None:
        """Print nothing: how each job went stands in the database and in the log."""
        worker = Worker(parent_pid=parent)
        if once:
            worker.run_due_jobs()
            return
        worker.handle_signals()
        worker.run()

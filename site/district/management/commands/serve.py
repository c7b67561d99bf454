"""`make run`: from whatever is there to a site that answers."""

import io
import os
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from district import serving
from search.models import PublicEntry


class Command(BaseCommand):
    """Prepare database, first content and static files, then serve until Ctrl-C.

    Each step may be repeated, so an interrupted first run is repaired by the next one.
    """

    help = "Prepare this installation and serve it on 127.0.0.1."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """`--port`, for which PORT stands in the environment."""
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, port: str, **options: Any) -> None:
        """The port comes first: nobody should wait a minute to hear that it is busy."""
        address = serving.address(serving.free_port(port))
        try:
            self.prepare()
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted; the next start goes on from here."), returncode=130
            ) from None
        self.welcome(address)
        self.serve(port)
        self.stdout.write(_("Stopped."))

    def serve(self, port: str) -> None:
        """Serve until Ctrl-C."""
        serving.serve(serving.free_port(port))

    def steps(self) -> list[tuple[str, Callable[[], object]]]:
        """What is done before serving: its name, and how."""
        return [
            (_("database"), lambda: call_command("migrate", interactive=False, verbosity=0)),
            # It may bring words of its own for the tree, so it comes first; later starts complete
            # the tree for what an update has added.
            (_("first content"), self.fill),
            (
                _("page tree, groups, review"),
                lambda: call_command("bootstrap", stdout=io.StringIO()),
            ),
            (_("search"), self.fill_search),
            (_("static files"), serving.collect_static),
        ]

    def prepare(self) -> None:
        """Take the steps, showing how long each took."""
        steps = self.steps()
        for number, (name, step) in enumerate(steps, start=1):
            self.stdout.write(f"[{number}/{len(steps)}] {name} … ", ending="")
            self.stdout.flush()
            started, self.reported = time.monotonic(), False
            step()
            if self.reported:
                self.stdout.write("\n      ", ending="")
            seconds = time.monotonic() - started
            self.stdout.write(_("%(seconds).1f s") % {"seconds": seconds})

    def report(self, line: str) -> None:
        """Write one line of a step that has several, below its name."""
        self.reported = True
        self.stdout.write(f"\n      {line}", ending="")
        self.stdout.flush()

    def fill(self) -> None:
        """Call what the settings name for a new database; it reports line by line."""
        if settings.SERVE_CONTENT:
            import_string(settings.SERVE_CONTENT)(self.report)

    def fill_search(self) -> None:
        """After an update from before there was a search nothing could be found."""
        if not PublicEntry.objects.exists():
            call_command("rebuild_search", stdout=io.StringIO())

    def welcome(self, address: str) -> None:
        """Say where the site is, and what the settings want to be said."""
        if settings.SERVE_MESSAGE:
            self.stdout.write("")
            for line in import_string(settings.SERVE_MESSAGE)():
                self.stdout.write(f"  {line}")
        self.stdout.write("")
        self.stdout.write(_("The site:     %(address)s/") % {"address": address})
        self.stdout.write(_("Editors:      %(address)s/admin/") % {"address": address})
        self.stdout.write(_("Ctrl-C stops everything."))

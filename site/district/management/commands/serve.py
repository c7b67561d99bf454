"""`make run`: from whatever is there to a demo district that answers."""

import io
import json
import os
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from district import serving
from district.demo import people
from search.models import PublicEntry

DISTRICT = "rencheng"


class Command(BaseCommand):
    """Prepare database, demo district and static files, then serve until Ctrl-C.

    Each step may be repeated, so an interrupted first run is repaired by the next one.
    """

    help = "Prepare this installation and serve it on 127.0.0.1."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """`--port`, for which PORT stands in the environment."""
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args, port: str, **options) -> None:
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
            # The demo brings its own words for the tree, so it comes first; later starts complete
            # the tree for what an update has added.
            (_("demo district"), self.found_demo),
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
            started = time.monotonic()
            step()
            seconds = time.monotonic() - started
            self.stdout.write(_("%(seconds).1f s") % {"seconds": seconds})

    def fill_search(self) -> None:
        """After an update from before there was a search nothing could be found."""
        if not PublicEntry.objects.exists():
            call_command("rebuild_search", stdout=io.StringIO())

    def found_demo(self) -> None:
        """Make the demo district once for each database; later starts leave it as people left it.

        The first migration's time tells databases apart: a new one gets its demo again.
        """
        stamp = Path(settings.VAR_DIR) / "demo.stamp"
        first = MigrationRecorder.Migration.objects.earliest("id")
        database = f"{DISTRICT} {first.applied.isoformat()}"
        if stamp.exists() and stamp.read_text() == database:
            return
        self.stdout.write("")  # it reports line by line
        call_command("demo", DISTRICT)
        stamp.write_text(database)

    def welcome(self, address: str) -> None:
        """Say where the site is and who may log in."""
        head = (_("user name"), _("password"), _("role"), _("school"))
        self.stdout.write("")
        for line in table([head, *self.account_rows()]):
            self.stdout.write(f"  {line}")
        self.stdout.write("")
        self.stdout.write(_("The site:     %(address)s/") % {"address": address})
        self.stdout.write(_("Editors:      %(address)s/admin/") % {"address": address})
        self.stdout.write(_("Ctrl-C stops everything."))

    def account_rows(self) -> list[tuple[str, ...]]:
        """The demo accounts for people to read: user name, password, role, school."""
        return [
            (row["username"], row["password"], people.role_label(row["role"]), row["school"])
            for row in self.demo_accounts()
        ]

    def demo_accounts(self) -> list[dict[str, str]]:
        """What `demo --accounts` prints."""
        output = io.StringIO()
        call_command("demo", "--accounts", stdout=output)
        return json.loads(output.getvalue())


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Lines with aligned columns; a Han character takes two places."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (places - width(cell)) for cell, places in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """How many places of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

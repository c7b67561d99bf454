"""`make dev`: the demo district under Django's own server, which reloads what changes."""

import os
from typing import Any

from django.core.management import call_command
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from django.utils.translation import gettext as _

from district import serving
from district.management.commands import serve


class Command(serve.Command):
    """As `serve`, but static files are found where they lie, and no worker runs beside it.

    A worker keeps the code it began with, which would puzzle whoever has just changed it.
    """

    help = "Prepare this installation and serve it for developing."

    def handle(self, *args: Any, port: str, **options: Any) -> None:
        """Prepare once: the reloader starts this command again for each change."""
        if os.environ.get(DJANGO_AUTORELOAD_ENV):
            self.serve(port)
        else:
            super().handle(*args, port=port, **options)

    def steps(self) -> list[tuple]:
        """Those of `serve` without the collection of static files."""
        return [step for step in super().steps() if step[1] is not serving.collect_static]

    def welcome(self, address: str) -> None:
        """Say also how letters, dates and sizes of pictures are done."""
        super().welcome(address)
        self.stdout.write(_("No worker runs: manage.py work --once does what is due."))

    def serve(self, port: str) -> None:
        """Run Django's server, telling its process where it is found."""
        os.environ.setdefault("BASE_URL", serving.address(int(port)))
        call_command("runserver", f"{serving.HOST}:{port}", skip_checks=False)

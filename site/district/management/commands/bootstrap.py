"""`manage.py bootstrap`: create or complete a district."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from district.bootstrap import bootstrap


class Command(BaseCommand):
    help = "Make or complete a district: tree, groups, workflow, level rules. Can be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hostname", default="localhost")
        parser.add_argument("--port", type=int, default=80)

    def handle(self, hostname: str, port: int, **options: Any) -> None:
        home = bootstrap(hostname, port)
        self.stdout.write(f"{home.title}: {home.full_url}")

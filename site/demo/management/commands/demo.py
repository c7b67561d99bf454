"""`manage.py demo rencheng`: a sample district worth looking at."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo import people, sources
from demo.load import load


class Command(BaseCommand):
    help = "Load a sample district, or print its accounts. Can be run again."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default="rencheng", choices=sources.names())
        parser.add_argument("--accounts", action="store_true", help="print the accounts as JSON")
        parser.add_argument("--picture-width", type=int, metavar="PIXELS")

    def handle(self, name, accounts, picture_width, **options):
        if settings.PRODUCTION:
            raise CommandError(_("Sample content and accounts are not for a real district."))
        if accounts:
            accounts = people.describe(sources.school_titles(name))
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
            return
        home = load(name, self.stdout.write, picture_width)
        self.stdout.write(self.style.SUCCESS(home.title))

"""`manage.py open_school 名称 --stage primary`: open a school."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from wagtail.models import Site

from district.school_opening import open_school
from schools.models import SchoolIndexPage, SchoolPage


class Command(BaseCommand):
    help = "Open a school: its page, its collection, the groups of its people. Can be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the school's full name")
        parser.add_argument("--stage", choices=SchoolPage.Stage.values, required=True)
        parser.add_argument("--township", default="")
        parser.add_argument("--hostname", help="district, by its host name (default: the first)")

    def handle(
        self, name: str, stage: str, township: str, hostname: str | None, **options: Any
    ) -> None:
        indexes = SchoolIndexPage.objects.filter(locale__language_code="zh-hans")
        if hostname:
            indexes = indexes.filter(path__startswith=self._root_path(hostname))
        index = indexes.order_by("path").first()
        if index is None:
            raise CommandError(_("There is no district yet. Run “manage.py bootstrap” first."))
        try:
            school = open_school(name, index, stage=stage, township=township)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{school.title}: {school.full_url}")

    @staticmethod
    def _root_path(hostname: str) -> str:
        site = Site.objects.filter(hostname=hostname).select_related("root_page").first()
        if site is None:
            raise CommandError(_("No district has this host name."))
        return site.root_page.path

"""`manage.py renditions`: make every size of every public picture, after sizes have changed."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.models import BasePage
from core.tree import below_root
from publication.eager_renditions import make_renditions
from publication.run_each import BatchError, run_each


class Command(BaseCommand):
    """Go through all live pages; what exists is skipped, so it can be stopped and run again."""

    help = "Make all sizes of the pictures on public pages ahead of the readers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the progress after each page with something new; fail with what failed."""
        pages = Page.objects.live().filter(below_root()).order_by("path")
        ids = list(pages.values_list("pk", flat=True))
        made = 0

        def make_one(numbered: tuple[int, BasePage]) -> None:
            nonlocal made
            number, page = numbered
            count = make_renditions(page)
            made += count
            if count or number == len(ids):
                self.stdout.write(self._progress(number, len(ids), made))

        try:
            run_each(
                _still_live(ids), make_one, label=lambda item: item[1].get_admin_display_title()
            )
        except BatchError as error:
            lines = [_("Pictures that could not be made:"), *error.errors]
            raise CommandError("\n".join(lines)) from error

    def _progress(self, number: int, total: int, made: int) -> str:
        return _("%(number)s of %(of)s pages, %(made)s sizes made") % {
            "number": number,
            "of": total,
            "made": made,
        }


def _still_live(ids: list[int]) -> Iterator[tuple[int, BasePage]]:
    """Read each page when its turn comes and leave out those that have come down meanwhile."""
    for number, pk in enumerate(ids, start=1):
        page = Page.objects.live().filter(pk=pk).specific().first()
        if page is not None:
            yield number, page

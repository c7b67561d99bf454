"""`manage.py renditions`: make every size of every public picture, after sizes have changed."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.tree import below_root
from publication.rendition_prefetch import make


class Command(BaseCommand):
    """Go through all live pages; what exists is skipped, so it can be stopped and run again."""

    help = "Make all sizes of the pictures on public pages ahead of the readers."

    def handle(self, *args, **options) -> None:
        """Say after each page with something new how far it is; name what failed at the end."""
        keys = list(Page.objects.live().filter(below_root()).order_by("path").values_list("pk"))
        made, failed = 0, []
        for number, (key,) in enumerate(keys, start=1):
            page = Page.objects.live().filter(pk=key).specific().first()
            try:
                new = make(page) if page else 0
            except Exception as error:
                failed.append(f"{page.get_admin_display_title()}: {error}")
                continue
            made += new
            if new or number == len(keys):
                self.stdout.write(self._progress(number, len(keys), made))
        if failed:
            raise CommandError("\n".join([_("Pictures that could not be made:"), *failed]))

    def _progress(self, number: int, of: int, made: int) -> str:
        return _("%(number)s of %(of)s pages, %(made)s sizes made") % {
            "number": number,
            "of": of,
            "made": made,
        }

"""`manage.py rebuild_queue`: make the queue anew from Wagtail's states."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from review.domain import submissions


class Command(BaseCommand):
    help = "Makes the queue anew from what is in review; decides nothing, may be run at any time."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        def report(done: int, total: int) -> None:
            if verbosity:
                self.stdout.write(_("%(done)d of %(total)d") % {"done": done, "total": total})

        count = submissions.rebuild_queue(report)
        message = _("Items that wait now: %(count)d") % {"count": count}
        self.stdout.write(self.style.SUCCESS(message))

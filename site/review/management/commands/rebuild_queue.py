"""`manage.py rebuild_queue`: make the queue anew from Wagtail's states."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from review import queue


class Command(BaseCommand):
    help = "Makes the queue anew from what is in review; decides nothing, may be run at any time."

    def handle(self, verbosity, **options):
        def say(done: int, total: int) -> None:
            if verbosity:
                self.stdout.write(_("%(done)d of %(total)d") % {"done": done, "total": total})

        waiting = queue.rebuild(say)
        said = _("Items that wait now: %(count)d") % {"count": waiting}
        self.stdout.write(self.style.SUCCESS(said))

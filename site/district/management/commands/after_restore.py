"""`manage.py after_restore`: what a backup brings back and must not live again."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from appointments.models import Activation


class Command(BaseCommand):
    help = (
        "After a restore: end all sessions and open activations, and give public pictures new "
        "addresses. Can be run again."
    )

    def handle(self, verbosity: int, **options: Any) -> None:
        ended, _by_model = Session.objects.all().delete()
        # A link and a code that were used after the backup was made would open the account again.
        closed = Activation.objects.open().update(expires_at=timezone.now())
        call_command("wagtail_update_image_renditions", purge_only=True, stdout=self.stdout)
        call_command("renditions", verbosity=verbosity, stdout=self.stdout)
        self.stdout.write(
            _("%(sessions)d sessions and %(activations)d activations ended.")
            % {"sessions": ended, "activations": closed}
        )

"""`manage.py publish_scheduled_pages`: refuses."""

from django.utils.translation import gettext as _

from admin_policy.refusals import RefusingCommand


class Command(RefusingCommand):
    def instead(self):
        return _("The site's own scheduler publishes what was approved, at its time.")

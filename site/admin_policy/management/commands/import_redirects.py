"""`manage.py import_redirects`: refuses."""

from django.utils.translation import gettext as _

from admin_policy.refusals import RefusingCommand


class Command(RefusingCommand):
    def instead(self):
        return _("Redirects change by two people: one proposes, another of the committee confirms.")

"""`manage.py move_pages`: refuses."""

from django.utils.translation import gettext as _

from admin_policy.refusals import RefusingCommand


class Command(RefusingCommand):
    def instead(self):
        return _("What is public stays where it is. Drafts are moved one by one in the admin.")

"""`manage.py sync_locale_trees`: refuses."""

from django.utils.translation import gettext as _

from admin_policy.refusals import RefusingCommand


class Command(RefusingCommand):
    def instead(self):
        return _("Languages are not mirrored: a page in another language is written and reviewed.")

"""`manage.py import_redirects`: disabled."""

from django.utils.translation import gettext_lazy as _

from admin_policy.disabled_commands import DisabledCommand


class Command(DisabledCommand):
    reason = _("Redirects change by two people: one proposes, another of the committee confirms.")

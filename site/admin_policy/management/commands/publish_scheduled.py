"""`manage.py publish_scheduled`: disabled."""

from django.utils.translation import gettext_lazy as _

from admin_policy.disabled_commands import DisabledCommand


class Command(DisabledCommand):
    reason = _("The site's own scheduler publishes what was approved, at its time.")

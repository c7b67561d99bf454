"""`manage.py move_pages`: disabled."""

from django.utils.translation import gettext_lazy as _

from admin_policy.disabled_commands import DisabledCommand


class Command(DisabledCommand):
    reason = _("What is public stays where it is. Drafts are moved one by one in the admin.")

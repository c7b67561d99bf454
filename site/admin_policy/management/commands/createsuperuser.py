"""`manage.py createsuperuser`: disabled."""

from django.utils.translation import gettext_lazy as _

from admin_policy.disabled_commands import DisabledCommand


class Command(DisabledCommand):
    reason = _(
        "It would leave no entry on the record. The first people come with `open_district FILE`; "
        "later ones, and lost passwords, are changes by two people in the admin. If an "
        "administrator's counterpart is gone: `appoint_administrator NAME --reason …`."
    )

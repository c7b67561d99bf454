"""`manage.py sync_locale_trees`: disabled."""

from django.utils.translation import gettext_lazy as _

from admin_policy.disabled_commands import DisabledCommand


class Command(DisabledCommand):
    reason = _(
        "Languages are not synchronised: a page in another language is written and reviewed."
    )

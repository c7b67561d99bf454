from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AppointmentsConfig(AppConfig):
    default = True
    name = "appointments"
    verbose_name = _("People who decide")

    def ready(self) -> None:
        from appointments.kinds import accounts, deputies, memberships, review_settings
        from appointments.verification import activation_problems
        from audit.verification import register_check
        from change_requests import kinds

        register_check("activations", activation_problems)
        kinds.register(memberships.MEMBERSHIP_KIND)
        kinds.register(memberships.ADMINISTRATOR_KIND)
        kinds.register(accounts.CREDENTIALS_KIND)
        kinds.register(accounts.EMAIL_KIND)
        kinds.register(accounts.SWITCH_ON_KIND)
        kinds.register(deputies.DEPUTY_KIND)
        kinds.register(deputies.END_DEPUTY_KIND)
        kinds.register(review_settings.REVIEW_SETTINGS_KIND)


class AccountsUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's screens of accounts, with forms that leave out what two people change."""

    user_viewset = "appointments.views.users.AccountViewSet"

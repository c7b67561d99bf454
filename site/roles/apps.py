from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RolesConfig(AppConfig):
    name = "roles"
    verbose_name = _("Roles and level rules")

    def ready(self) -> None:
        from roles import receivers

        receivers.connect()

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Record of reviews")

    def ready(self) -> None:
        from audit import receivers

        receivers.connect()

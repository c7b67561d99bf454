from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"
    verbose_name = _("Changes by two people")

    def ready(self):
        from change_requests import addresses

        addresses.register_kinds()

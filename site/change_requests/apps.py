from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"
    verbose_name = _("Changes by two people")

    def ready(self) -> None:
        from change_requests import addresses, kinds

        kinds.register(addresses.SITE_KIND)
        kinds.register(addresses.REDIRECT_KIND)

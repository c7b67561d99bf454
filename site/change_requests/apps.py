from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"
    verbose_name = _("Changes by two people")

    def ready(self) -> None:
        from audit.verification import register_check
        from change_requests import addresses, erasures, kinds
        from change_requests.verification import address_problems, change_problems

        kinds.register(addresses.SITE_KIND)
        kinds.register(addresses.REDIRECT_KIND)
        kinds.register(erasures.ERASURE_KIND)
        register_check("addresses", address_problems)
        register_check("changes", change_problems)

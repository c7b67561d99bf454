from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistrictConfig(AppConfig):
    name = "district"
    verbose_name = _("District")

    def ready(self) -> None:
        from district import checks  # noqa: F401 (needs models)

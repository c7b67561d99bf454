from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LevelRulesConfig(AppConfig):
    name = "level_rules"
    verbose_name = _("Level rules")

    def ready(self) -> None:
        from change_requests import kinds
        from level_rules.kinds import LEVEL_RULE_KIND

        kinds.register(LEVEL_RULE_KIND)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LevelRulesConfig(AppConfig):
    name = "level_rules"
    verbose_name = _("Level rules")

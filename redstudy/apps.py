from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedStudyConfig(AppConfig):
    name = "redstudy"
    verbose_name = _("Red study")

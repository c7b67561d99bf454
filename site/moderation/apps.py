from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Review")

    def ready(self):
        from moderation import guards, receivers  # noqa: F401 (the latter connects itself)

        guards.connect()

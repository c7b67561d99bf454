from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from core import guards
        from home import slots
        from moderation import proposals

        proposals.register(slots.CHANGE)
        guards.STANDS_STILL[slots.SlotEntry] = guards.BY_TWO

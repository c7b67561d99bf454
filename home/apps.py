from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from core import guards
        from home import promoted, slots
        from moderation import proposals
        from search.models import PromotedResult

        proposals.register(slots.CHANGE)
        proposals.register(promoted.CHANGE)
        guards.STANDS_STILL[slots.SlotEntry] = guards.BY_TWO
        guards.STANDS_STILL[PromotedResult] = guards.BY_TWO

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self):
        from change_requests import domain
        from core.publishing import model_guards
        from curation import promoted_results, slots
        from curation.models import SlotEntry
        from search.models import PromotedResult

        domain.register(slots.CHANGE)
        domain.register(promoted_results.CHANGE)
        model_guards.PROTECTED_MODELS[SlotEntry] = model_guards.BY_TWO_PEOPLE
        model_guards.PROTECTED_MODELS[PromotedResult] = model_guards.BY_TWO_PEOPLE

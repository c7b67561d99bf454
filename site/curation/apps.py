from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        from audit.verification import register_check
        from change_requests import kinds
        from core.publishing import model_guards
        from curation import promoted_results, slots
        from curation.models import SlotEntry
        from curation.verification import curation_problems
        from search.models import PromotedResult

        kinds.register(slots.SLOT_KIND)
        kinds.register(promoted_results.PROMOTION_KIND)
        register_check("curation", curation_problems)
        model_guards.PROTECTED_MODELS[SlotEntry] = model_guards.BY_TWO_PEOPLE
        model_guards.PROTECTED_MODELS[PromotedResult] = model_guards.BY_TWO_PEOPLE

"""The slots of the home page and the promoted results in the admin."""

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import RestrictedMenuItem
from curation.permissions import may_curate
from curation.views.promoted_results import PromotedResultsView
from curation.views.slots import SlotsView


@hooks.register("register_admin_urls")
def register_curation_urls() -> list[URLPattern]:
    """Register one view for all slots, one for what the search shows first."""
    return [
        path("home-slots/", SlotsView.as_view(), name="curation_slots"),
        path("promoted-results/", PromotedResultsView.as_view(), name="curation_promoted_results"),
    ]


@hooks.register("register_admin_menu_item")
def register_slots_menu_item() -> RestrictedMenuItem:
    """Register the slots below the changes by two, which they lead to."""
    return RestrictedMenuItem(
        _("Slots of the home page"),
        reverse_lazy("curation_slots"),
        name="home-slots",
        icon_name="home",
        order=265,
        may_see=may_curate,
    )


@hooks.register("register_admin_menu_item")
def register_promoted_results_menu_item() -> RestrictedMenuItem:
    """Register the promoted results below the slots: the same kind of choice."""
    return RestrictedMenuItem(
        _("Promoted results"),
        reverse_lazy("curation_promoted_results"),
        name="promoted-results",
        icon_name="search",
        order=266,
        may_see=may_curate,
    )

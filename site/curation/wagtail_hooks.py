"""The slots of the home page in the admin."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from curation import promoted_result_views, slot_views


@hooks.register("register_admin_urls")
def register_slot_urls():
    """One screen for all slots, one for what the search shows first."""
    return [
        path("home-slots/", slot_views.slots_view, name="curation_slots"),
        path(
            "promoted-results/",
            promoted_result_views.promoted_results_view,
            name="curation_promoted_results",
        ),
    ]


class SlotsMenuItem(MenuItem):
    """For web editors and the committee."""

    def is_shown(self, request):
        return slot_views.homes_of(request.user).exists()


@hooks.register("register_admin_menu_item")
def register_slots_menu_item():
    """Below the changes by two, which they lead to."""
    url = reverse_lazy("curation_slots")
    return SlotsMenuItem(
        _("Slots of the home page"), url, name="home-slots", icon_name="home", order=265
    )


@hooks.register("register_admin_menu_item")
def register_promoted_menu_item():
    """Below the slots: it is the same kind of choice."""
    url = reverse_lazy("curation_promoted_results")
    return SlotsMenuItem(
        _("Promoted results"), url, name="promoted-results", icon_name="search", order=266
    )

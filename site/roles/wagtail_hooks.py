"""Deputies, staffing and the settings of review in the admin; a warning on the first screen."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from core.admin_menu import register_settings_item
from roles import staffing
from roles.permissions import is_superuser, may_see_staffing
from roles.views import deputies
from roles.views.review_settings import edit_review_settings, list_review_settings
from roles.views.staffing import staffing_list


@hooks.register("register_admin_urls")
def register_urls():
    """Who decides, and how a district practises review."""
    return [
        path("deputies/", deputies.list_deputies, name="roles_deputies"),
        path("deputies/add/", deputies.add_deputy, name="roles_deputy_add"),
        path("deputies/<int:deputy_id>/end/", deputies.end_deputy, name="roles_deputy_end"),
        path("staffing/", staffing_list, name="roles_staffing"),
        path("practice/", list_review_settings, name="roles_review_settings_list"),
        path("practice/<uuid:district_key>/", edit_review_settings, name="roles_review_settings"),
    ]


register_settings_item(_("Staffing"), "roles_staffing", "group", 10, may_see_staffing)
register_settings_item(_("Deputies"), "roles_deputies", "group", 11, is_superuser)
register_settings_item(
    _("Review practice"), "roles_review_settings_list", "cog", 13, may_see_staffing
)


class StaffingPanel(Component):
    """How many levels have fewer than two people."""

    name = "staffing"
    order = 80
    template_name = "roles/staffing_panel.html"

    def get_context_data(self, parent_context):
        return {"number": len(staffing.shortages()), "url": reverse_lazy("roles_staffing")}


@hooks.register("register_desk_panel")
def show_missing_reviewers(request):
    """For the administrator, who can do something about it."""
    return StaffingPanel() if request.user.is_superuser else None

"""Deputies, staffing, level rules and practice in the settings; a warning on the first screen."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from moderation import staffing
from moderation.screens import level_rules, staff


@hooks.register("register_admin_urls")
def register_staff_urls():
    """Who decides, and by which rules."""
    return [
        path("deputies/", staff.list_deputies, name="moderation_deputies"),
        path("deputies/add/", staff.add_deputy, name="moderation_deputy_add"),
        path("deputies/<int:deputy_id>/end/", staff.end_deputy, name="moderation_deputy_end"),
        path("staffing/", staff.staffing_list, name="moderation_staffing"),
        path("level-rules/", level_rules.list_rules, name="moderation_rules"),
        path("level-rules/add/", level_rules.add_rule, name="moderation_rule_add"),
        path("level-rules/<int:rule_id>/", level_rules.edit_rule, name="moderation_rule_edit"),
        path(
            "level-rules/<int:rule_id>/delete/",
            level_rules.delete_rule,
            name="moderation_rule_delete",
        ),
        path("practice/", level_rules.list_practices, name="moderation_practices"),
        path(
            "practice/<uuid:district_key>/", level_rules.edit_practice, name="moderation_practice"
        ),
    ]


class ForAdministrators(MenuItem):
    """An entry that administrators see."""

    def is_shown(self, request):
        return request.user.is_superuser


class ForTheCommittee(MenuItem):
    """An entry that administrators and final approvers see."""

    def is_shown(self, request):
        return staff.sees_staffing(request.user)


def _entry(kind, label, name, icon, order):
    def entry():
        return kind(label, reverse(name), name=name, icon_name=icon, order=order)

    hooks.register("register_settings_menu_item", entry)


_entry(ForTheCommittee, _("Staffing"), "moderation_staffing", "group", 10)
_entry(ForAdministrators, _("Deputies"), "moderation_deputies", "group", 11)
_entry(ForAdministrators, _("Level rules"), "moderation_rules", "list-ol", 12)
_entry(ForTheCommittee, _("Review practice"), "moderation_practices", "cog", 13)


class StaffingPanel(Component):
    """How many levels have fewer than two people."""

    name = "staffing"
    order = 80
    template_name = "moderation/staffing_panel.html"

    def get_context_data(self, parent_context):
        return {"number": len(staffing.shortages()), "url": reverse_lazy("moderation_staffing")}


@hooks.register("construct_homepage_panels")
def show_where_people_are_missing(request, panels):
    """For the administrator, who can do something about it."""
    if request.user.is_superuser:
        panels.append(StaffingPanel())


@hooks.register("before_bulk_action")
def switch_accounts_one_by_one(request, action_type, objects, action):
    """Wagtail switches many accounts at once, unheard; the record wants each by name."""
    if action_type != "set_active_state":
        return
    active = action.cleaned_form.cleaned_data["mark_as_active"]
    for user in objects:
        user.is_active = active
        user.save(update_fields=["is_active"])

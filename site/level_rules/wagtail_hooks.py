"""Level rules in the settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import register_settings_item
from level_rules import permissions, views


@hooks.register("register_admin_urls")
def register_level_rule_urls() -> list[URLPattern]:
    """Return the list of level rules and the screens that change them."""
    return [
        path("level-rules/", views.LevelRuleListView.as_view(), name="level_rules_list"),
        path("level-rules/add/", views.RuleFormView.as_view(), name="level_rules_add"),
        path("level-rules/<int:rule_id>/", views.RuleFormView.as_view(), name="level_rules_edit"),
        path(
            "level-rules/<int:rule_id>/delete/",
            views.DeleteRuleView.as_view(),
            name="level_rules_delete",
        ),
    ]


register_settings_item(
    _("Level rules"), "level_rules_list", "list-ol", 12, permissions.may_change_level_rules
)

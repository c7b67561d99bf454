"""Level rules in the settings."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core.admin_menu import register_settings_item
from review import permissions
from review.views import level_rules


@hooks.register("register_admin_urls")
def register_level_rule_urls() -> list[URLPattern]:
    """Return the list of level rules and the screens that change them."""
    return [
        path("level-rules/", level_rules.list_rules, name="review_level_rules"),
        path("level-rules/add/", level_rules.add_rule, name="review_level_rule_add"),
        path("level-rules/<int:rule_id>/", level_rules.edit_rule, name="review_level_rule_edit"),
        path(
            "level-rules/<int:rule_id>/delete/",
            level_rules.delete_rule,
            name="review_level_rule_delete",
        ),
    ]


register_settings_item(
    _("Level rules"), "review_level_rules", "list-ol", 12, permissions.may_change_level_rules
)

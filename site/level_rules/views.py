"""The level rules: which levels an item owes; two people change them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from change_requests.views.forms import ChangeRequestFormView
from core.admin_reports import RestrictedListingView
from core.requests import AnyUser
from level_rules import permissions
from level_rules.forms import DeleteLevelRuleForm, LevelRuleForm, kind_of, place_of
from level_rules.kinds import LEVEL_RULE_KIND
from roles import scopes
from roles.models import Level, LevelRule


class LevelRuleListView(RestrictedListingView):
    """The rules of every district; read-only."""

    model = LevelRule
    page_title = gettext_lazy("Level rules")
    header_icon = "list-ol"
    introduction = gettext_lazy(
        "Nothing becomes public that has not passed every level its rule names. "
        "Where no rule applies, nothing passes."
    )
    index_url_name = "level_rules_list"
    stylesheets = ["css/admin/staff.css"]
    no_results_message = gettext_lazy("There is no rule, so nothing passes.")

    def may_see(self, user: AnyUser) -> bool:
        return permissions.may_change_level_rules(user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("level_rules_add")
        return [HeaderButton(_("Propose a level rule"), url=url, icon_name="plus")]

    @cached_property
    def columns(self) -> list[Column]:
        districts = scopes.district_titles()
        return [
            TitleColumn(
                "levels",
                label=_("levels"),
                accessor=str,
                get_url=lambda rule: reverse("level_rules_edit", args=[rule.pk]),
            ),
            Column(
                "district",
                label=_("where"),
                accessor=lambda rule: " · ".join(
                    [str(districts.get(rule.district_key, rule.district_key)), place_of(rule)]
                ),
            ),
            Column("kind", label=_("kind"), accessor=kind_of),
            Column(
                "urgent",
                label=_("levels of an urgent item"),
                accessor=lambda rule: " → ".join(
                    str(Level(level).label) for level in rule.levels_for(True)
                ),
            ),
        ]

    def get_base_queryset(self) -> QuerySet[LevelRule]:
        rules = LevelRule.objects.select_related("content_type")
        return rules.order_by("district_key", "-in_school", "content_type", "pk")


class RuleFormView(ChangeRequestFormView):
    """Propose a rule for what no rule covers, or other levels for one (`rule_id`)."""

    kind = LEVEL_RULE_KIND
    form_class = LevelRuleForm
    template_name = "level_rules/form.html"
    header_icon = "list-ol"

    def test_func(self) -> bool:
        return permissions.may_change_level_rules(self.request.user)

    @cached_property
    def rule(self) -> LevelRule | None:
        """The rule in the address; None for a new one."""
        key = self.kwargs.get("rule_id")
        return get_object_or_404(LevelRule, pk=key) if key is not None else None

    def get_page_title(self) -> str:
        return _("Propose other levels") if self.rule else _("Propose a level rule")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.rule}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("level_rules_delete", args=[self.rule.pk]) if self.rule else ""
        return super().get_context_data(delete_url=url, **kwargs)


class DeleteRuleView(ChangeRequestFormView):
    """Propose to delete a rule; the more general rule applies then, or nothing passes."""

    kind = LEVEL_RULE_KIND
    form_class = DeleteLevelRuleForm
    template_name = "level_rules/delete.html"
    header_icon = "list-ol"
    page_title = gettext_lazy("Propose to delete the level rule")

    def test_func(self) -> bool:
        return permissions.may_change_level_rules(self.request.user)

    @cached_property
    def rule(self) -> LevelRule:
        """The rule in the address."""
        return get_object_or_404(LevelRule, pk=self.kwargs["rule_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rule": self.rule}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = self.rule
        return super().get_context_data(
            rule=rule, kind=kind_of(rule), place=place_of(rule), **kwargs
        )

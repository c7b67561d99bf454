"""The level rules: which levels an item owes; what waits follows a change at once."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from core.admin_reports import RestrictedListingView
from core.requests import AdminRequest, AnyUser
from level_rules import permissions
from level_rules.domain import RuleChangeOutcome, apply_level_rules
from level_rules.forms import LevelRuleForm
from roles import scopes
from roles.models import Level, LevelRule

# How many of the items that could not go on are named.
NAMED_ITEMS = 10
require_permission = user_passes_test(permissions.may_change_level_rules)


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
        return [HeaderButton(_("New level rule"), url=url, icon_name="plus")]

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


def place_of(rule: LevelRule) -> str:
    """Return whether the rule is about schools' pages or about the district's."""
    return _("pages of schools") if rule.in_school else _("pages of the district")


def kind_of(rule: LevelRule) -> str:
    """Return the name of the kind of content that the rule is about."""
    model: Any = rule.content_type.model_class() if rule.content_type else None
    return str(model.get_verbose_name()) if model else _("every kind")


@require_permission
def add_rule(request: AdminRequest) -> HttpResponse:
    """Set a rule for what no rule covers, or a special one for one kind."""
    return _rule_form(request, None, _("New level rule"))


@require_permission
def edit_rule(request: AdminRequest, rule_id: int) -> HttpResponse:
    """Change the levels of a rule; what waits follows at once."""
    rule = get_object_or_404(LevelRule, pk=rule_id)
    return _rule_form(request, rule, _("Change the level rule"))


def _rule_form(request: AdminRequest, rule: LevelRule | None, title: str | Promise) -> HttpResponse:
    form = LevelRuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            rule = form.save()
            outcome = apply_level_rules(rule.district_key, request.user)
        messages.success(request, _("The rule is in force; it is on the record."))
        _show_outcome(request, outcome)
        return redirect("level_rules_list")
    context = {
        "page_title": title,
        "header_icon": "list-ol",
        "form": form,
        "back": "level_rules_list",
        "delete_url": reverse("level_rules_delete", args=[rule.pk]) if rule else "",
        "delete_label": _("Delete the level rule"),
    }
    return render(request, "core/admin/form.html", context)


@require_permission
def delete_rule(request: AdminRequest, rule_id: int) -> HttpResponse:
    """Ask, then delete a rule; the more general rule applies, or nothing passes."""
    rule = get_object_or_404(LevelRule, pk=rule_id)
    if request.method == "POST":
        with transaction.atomic():
            rule.delete()
            outcome = apply_level_rules(rule.district_key, request.user)
        messages.success(request, _("The rule is deleted; it is on the record."))
        _show_outcome(request, outcome)
        return redirect("level_rules_list")
    context = {
        "page_title": _("Delete the level rule"),
        "header_icon": "list-ol",
        "rule": rule,
        "kind": kind_of(rule),
        "place": place_of(rule),
    }
    return render(request, "level_rules/delete.html", context)


def _show_outcome(request: AdminRequest, outcome: RuleChangeOutcome) -> None:
    """Show what became of the items that waited."""
    if outcome.moved:
        message = ngettext(
            "%(number)d waiting item went on by the new rule.",
            "%(number)d waiting items went on by the new rule.",
            outcome.moved,
        )
        messages.info(request, message % {"number": outcome.moved})
    for title, reason in outcome.held_up[:NAMED_ITEMS]:
        message = _("“%(title)s” could not go on and can be returned: %(reason)s")
        messages.warning(request, message % {"title": title, "reason": reason})

"""The level rules: which levels an item owes; what waits follows a change at once."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test

from level_rules import permissions
from level_rules.domain import RuleChangeOutcome, apply_level_rules
from level_rules.forms import LevelRuleForm
from review.requests import AdminRequest
from roles import scopes
from roles.models import Level, LevelRule

# How many of the items that could not go on are named.
NAMED_ITEMS = 10
require_permission = user_passes_test(permissions.may_change_level_rules)


@require_permission
def list_rules(request: AdminRequest) -> HttpResponse:
    """Show the rules of every district."""
    districts = scopes.district_titles()
    rules = LevelRule.objects.select_related("content_type")
    rows = [
        {
            "rule": rule,
            "district": districts.get(rule.district_key, rule.district_key),
            "kind": _kind(rule),
            "urgent": " → ".join(str(Level(level).label) for level in rule.levels_for(True)),
        }
        for rule in rules.order_by("district_key", "-in_school", "content_type")
    ]
    context = {"page_title": _("Level rules"), "header_icon": "list-ol", "rows": rows}
    return render(request, "level_rules/list.html", context)


def _kind(rule: LevelRule) -> str:
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
        "kind": _kind(rule),
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

"""Screens of the rules of review: which levels an item owes, and how a district practises it."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from review.domain.level_rule_change import apply_level_rules
from roles import scopes
from roles.forms import LevelRuleForm
from roles.models import Level, LevelRule
from roles.permissions import require_superuser


def list_rules(request):
    """The rules of every district."""
    require_superuser(request.user)
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
    return render(request, "review/level_rules.html", context)


def _kind(rule) -> str:
    model = rule.content_type.model_class() if rule.content_type_id else None
    return str(model.get_verbose_name()) if model else _("every kind")


def add_rule(request):
    """Set a rule for what no rule covers, or a special one for one kind."""
    require_superuser(request.user)
    return _rule_form(request, None, _("New level rule"))


def edit_rule(request, rule_id: int):
    """Change the levels of a rule; what waits follows at once."""
    require_superuser(request.user)
    rule = get_object_or_404(LevelRule, pk=rule_id)
    return _rule_form(request, rule, _("Change the level rule"))


def _rule_form(request, rule, title):
    form = LevelRuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            outcome = apply_level_rules(saved.district_key, request.user)
        messages.success(request, _("The rule is in force; it is on the record."))
        _tell(request, outcome)
        return redirect("review_level_rules")
    context = {
        "page_title": title,
        "header_icon": "list-ol",
        "form": form,
        "back": "review_level_rules",
        "delete_url": reverse("review_level_rule_delete", args=[rule.pk]) if rule else "",
        "delete_label": _("Delete the level rule"),
    }
    return render(request, "core/admin/form.html", context)


def delete_rule(request, rule_id: int):
    """Ask, then delete a rule; the more general rule applies, or nothing passes."""
    require_superuser(request.user)
    rule = get_object_or_404(LevelRule, pk=rule_id)
    if request.method == "POST":
        with transaction.atomic():
            rule.delete()
            outcome = apply_level_rules(rule.district_key, request.user)
        messages.success(request, _("The rule is deleted; it is on the record."))
        _tell(request, outcome)
        return redirect("review_level_rules")
    context = {
        "page_title": _("Delete the level rule"),
        "header_icon": "list-ol",
        "rule": rule,
        "kind": _kind(rule),
    }
    return render(request, "review/level_rule_delete.html", context)


def _tell(request, outcome) -> None:
    """What became of the items that waited."""
    if outcome.moved:
        words = ngettext(
            "%(number)d waiting item went on by the new rule.",
            "%(number)d waiting items went on by the new rule.",
            outcome.moved,
        )
        messages.info(request, words % {"number": outcome.moved})
    for title, reason in outcome.held_up[:10]:
        words = _("“%(title)s” could not go on and can be returned: %(reason)s")
        messages.warning(request, words % {"title": title, "reason": reason})


# --- practice ------------------------------------------------------------------------------------

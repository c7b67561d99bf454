"""Screens of the rules of review: which levels an item owes, and how a district practises it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from moderation import places
from moderation.models.rules import Level, LevelRule
from moderation.practice import review_settings_of
from moderation.reconsider import reconsider
from moderation.rules import reviewers_at
from moderation.screens.staff import administrators_only, sees_staffing
from moderation.screens.staff_forms import PracticeForm, RuleForm


def list_rules(request):
    """The rules of every district."""
    administrators_only(request.user)
    districts = places.districts()
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
    return render(request, "moderation/level_rules.html", context)


def _kind(rule) -> str:
    model = rule.content_type.model_class() if rule.content_type_id else None
    return str(model.get_verbose_name()) if model else _("every kind")


def add_rule(request):
    """Set a rule for what no rule covers, or a special one for one kind."""
    administrators_only(request.user)
    return _rule_form(request, None, _("New level rule"))


def edit_rule(request, rule_id: int):
    """Change the levels of a rule; what waits follows at once."""
    administrators_only(request.user)
    rule = get_object_or_404(LevelRule, pk=rule_id)
    return _rule_form(request, rule, _("Change the level rule"))


def _rule_form(request, rule, title):
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            outcome = reconsider(saved.district_key, request.user)
        messages.success(request, _("The rule is in force; it is on the record."))
        _tell(request, outcome)
        return redirect("moderation_rules")
    context = {
        "page_title": title,
        "header_icon": "list-ol",
        "form": form,
        "back": "moderation_rules",
        "delete": rule,
    }
    return render(request, "moderation/staff_form.html", context)


def delete_rule(request, rule_id: int):
    """Ask, then delete a rule; the more general rule applies, or nothing passes."""
    administrators_only(request.user)
    rule = get_object_or_404(LevelRule, pk=rule_id)
    if request.method == "POST":
        with transaction.atomic():
            rule.delete()
            outcome = reconsider(rule.district_key, request.user)
        messages.success(request, _("The rule is deleted; it is on the record."))
        _tell(request, outcome)
        return redirect("moderation_rules")
    context = {
        "page_title": _("Delete the level rule"),
        "header_icon": "list-ol",
        "rule": rule,
        "kind": _kind(rule),
    }
    return render(request, "moderation/level_rule_delete.html", context)


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


def may_set_practice(user, key) -> bool:
    """Administrators, and the final approvers of the district."""
    return user.is_superuser or reviewers_at([key], Level.FINAL).filter(pk=user.pk).exists()


def list_practices(request):
    """The districts whose practice this person may set; the only one opens at once."""
    if not sees_staffing(request.user):
        raise PermissionDenied
    districts = [
        (key, name)
        for key, name in places.districts().items()
        if may_set_practice(request.user, key)
    ]
    if not districts:
        raise PermissionDenied
    if len(districts) == 1:
        return redirect("moderation_practice", districts[0][0])
    context = {"page_title": _("Review practice"), "header_icon": "cog", "districts": districts}
    return render(request, "moderation/practices.html", context)


def edit_practice(request, district_key):
    """Terms, days off, reasons, and what readers are told."""
    districts = places.districts()
    if not may_set_practice(request.user, district_key):
        raise PermissionDenied
    if district_key not in districts:
        raise Http404("no such district")
    form = PracticeForm(request.POST or None, instance=review_settings_of(district_key))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Terms count for what is submitted from now on."))
        return redirect("moderation_practice", district_key)
    context = {
        "page_title": _("Review practice"),
        "page_subtitle": districts[district_key],
        "header_icon": "cog",
        "form": form,
        "back": "wagtailadmin_home",
    }
    return render(request, "moderation/staff_form.html", context)

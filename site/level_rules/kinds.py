"""Level rules change by two people: an administrator proposes, a final approver confirms."""

from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from change_requests.kinds import ChangeKind, ChangeRow, Payload
from change_requests.models import ChangeRequest
from level_rules.domain import apply_level_rules
from roles.models import Level, LevelRule
from roles.scopes import district_titles

SET, DELETE = "set", "delete"
# How many of the items that could not go on are named.
NAMED_ITEMS = 10


def rule_payload(rule: LevelRule, action: str) -> Payload:
    """Return the payload that sets or deletes a rule."""
    return {
        "action": action,
        "district_key": str(rule.district_key),
        "in_school": rule.in_school,
        "kind": rule.content_type.model if rule.content_type else "",
        "levels": [str(level) for level in rule.levels],
        "urgent_levels": [str(level) for level in rule.urgent_levels],
    }


def stored_rule(payload: Payload) -> LevelRule | None:
    """Return the rule that stands for what the payload is about."""
    content_type = _content_type(payload)
    return LevelRule.objects.filter(
        district_key=payload["district_key"],
        in_school=payload["in_school"],
        content_type=content_type,
    ).first()


def _content_type(payload: Payload) -> ContentType | None:
    if not payload["kind"]:
        return None
    content_types = ContentType.objects.filter(model=payload["kind"])
    return next(each for each in content_types if each.model_class() is not None)


def _proposed_rule(payload: Payload) -> LevelRule:
    rule = stored_rule(payload) or LevelRule(
        district_key=UUID(payload["district_key"]),
        in_school=payload["in_school"],
        content_type=_content_type(payload),
    )
    rule.levels, rule.urgent_levels = payload["levels"], payload["urgent_levels"]
    return rule


def rule_errors(payload: Payload) -> list[str]:
    """Return why the rule cannot be set or deleted now."""
    stored = stored_rule(payload)
    if UUID(payload["district_key"]) not in district_titles():
        return [_("This district does not exist any more.")]
    if payload["action"] == DELETE:
        return [] if stored else [_("This rule does not exist any more.")]
    if stored and rule_payload(stored, SET) == payload:
        return [_("Nothing was changed.")]
    try:
        _proposed_rule(payload).clean()
    except ValidationError as error:
        return list(error.messages)
    return []


def apply_rule(payload: Payload) -> None:
    """Set the rule, or delete it."""
    if payload["action"] == SET:
        _proposed_rule(payload).save()
    elif stored := stored_rule(payload):
        stored.delete()


def rule_confirmed(change_request: ChangeRequest) -> list[str]:
    """Lead what waits to the level that it owes now; return what became of it."""
    outcome = apply_level_rules(
        UUID(change_request.payload["district_key"]), change_request.decided_by
    )
    lines = []
    if outcome.moved:
        message = ngettext(
            "%(number)d waiting item went on by the new rule.",
            "%(number)d waiting items went on by the new rule.",
            outcome.moved,
        )
        lines.append(message % {"number": outcome.moved})
    message = _("“%(title)s” could not go on and can be returned: %(reason)s")
    return lines + [
        message % {"title": title, "reason": reason}
        for title, reason in outcome.held_up[:NAMED_ITEMS]
    ]


def rule_rows(payload: Payload) -> list[ChangeRow]:
    """Compare the levels as they stand with those proposed."""
    stored = stored_rule(payload)
    deleted = payload["action"] == DELETE
    return [
        ChangeRow(
            label,
            _names(getattr(stored, name)) if stored else "",
            _("no rule any more") if deleted else _names(payload[name]),
        )
        for name, label in (
            ("levels", _("levels")),
            ("urgent_levels", _("levels of an urgent item")),
        )
    ]


def _names(levels: list[str]) -> str:
    return " → ".join(str(Level(level).label) for level in levels)


LEVEL_RULE_KIND = ChangeKind(
    "level_rule",
    gettext_lazy("level rule"),
    apply=apply_rule,
    errors=rule_errors,
    rows=rule_rows,
    levels=(Level.FINAL,),
    confirmed=rule_confirmed,
)

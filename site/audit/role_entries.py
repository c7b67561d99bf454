"""Changes of who decides, and by which rules, as entries: rules, settings, members, deputies."""

from typing import Any, TypeAlias
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from audit.signals import role_change_recorded
from core.requests import acting_user
from roles.models import Deputy, LevelRule, ReviewSettings, Role, RoleGroup
from roles.scopes import district_key_of_scope, scope_title

Kind = RecordEntry.Kind
Rule: TypeAlias = LevelRule | ReviewSettings | Deputy
SETTINGS_FIELDS = (
    "remind_after",
    "escalate_after",
    "public_line",
    "reasons",
    "days_off",
    "school_activation_code",
)


# --- rules, settings and deputies ----------------------------------------------------------------


def snapshot_of(rule: Rule) -> dict[str, Any]:
    """Return a level rule, the settings of review or a deputy as the record keeps it."""
    if isinstance(rule, Deputy):
        return {
            "level": rule.level,
            "place": scope_title(rule.scope_key),
            "scope_key": str(rule.scope_key),
            "user_id": rule.user_id,
            "user": str(rule.user),
            "starts_on": str(rule.starts_on),
            "ends_on": str(rule.ends_on),
            "reason": rule.reason,
        }
    if isinstance(rule, ReviewSettings):
        return {name: getattr(rule, name) for name in SETTINGS_FIELDS}
    return {
        "district_key": str(rule.district_key),
        "in_school": rule.in_school,
        "kind": rule.content_type.model if rule.content_type else "",
        "levels": [str(level) for level in rule.levels],
        "urgent_levels": [str(level) for level in rule.urgent_levels],
    }


def description_of(rule: Rule) -> str:
    """Return a level rule, the settings of review or a deputy in words."""
    if isinstance(rule, Deputy):
        return _("%(person)s, deputy at “%(level)s”, %(place)s, %(from)s – %(until)s") % {
            "person": rule.user,
            "level": rule.get_level_display(),
            "place": scope_title(rule.scope_key),
            "from": rule.starts_on,
            "until": rule.ends_on,
        }
    if isinstance(rule, ReviewSettings):
        return f"{rule._meta.verbose_name}, {scope_title(rule.district_key)}"
    where = _("in a school") if rule.in_school else _("in the district")
    kind = rule.content_type.name if rule.content_type else _("every kind")
    return f"{where}, {kind}: {rule}"


def record_rule_change(
    rule: Rule, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    """Append one entry with both snapshots; None before: it is new, None after: deleted."""
    if before == after:
        return
    title = _("changed: %s")
    if before is None:
        title = _("new: %s")
    elif after is None:
        title = _("deleted: %s")
    detail: dict[str, Any] = {"before": before, "after": after}
    if isinstance(rule, ReviewSettings):
        detail["words"] = changed_settings_rows(before or {}, after or {})
    is_deputy = isinstance(rule, Deputy)
    entry = record.append_without_content(
        Kind.DEPUTY if is_deputy else Kind.RULE,
        title % description_of(rule),
        user=acting_user(),
        district_key=_district_key(rule),
        levels=(after or before or {}).get("levels", []),
        detail=detail,
    )
    if is_deputy:
        role_change_recorded.send(sender=RecordEntry, entry=entry)


def changed_settings_rows(before: dict[str, Any], after: dict[str, Any]) -> list[list[str]]:
    """Return what changes in the settings of review, in words: what, before, after."""
    rows = []
    for field in ReviewSettings._meta.concrete_fields:
        name = field.name
        if name in SETTINGS_FIELDS and before.get(name) != after.get(name):
            values = (_value_label(field, side.get(name)) for side in (before, after))
            rows.append([str(field.verbose_name), *values])
    return rows


def _district_key(rule: Rule) -> UUID | None:
    return district_key_of_scope(rule.scope_key) if isinstance(rule, Deputy) else rule.district_key


def _value_label(field: Any, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(dict(field.flatchoices).get(value, value))


# --- members of roles ----------------------------------------------------------------------------


def record_membership(role_group: RoleGroup, person: User, joined: bool) -> None:
    """Append one entry: `person` joins or leaves the role of this group."""
    title = _("%(person)s joins: %(role)s, %(place)s")
    if not joined:
        title = _("%(person)s leaves: %(role)s, %(place)s")
    place = scope_title(role_group.scope_key)
    record_member_change(
        title % {"person": person, "role": Role(role_group.role).label, "place": place},
        person,
        district_key_of_scope(role_group.scope_key),
        {"member": not joined},
        {"member": joined},
        role=role_group.role,
        place=place,
        scope_key=str(role_group.scope_key),
    )


def record_member_change(
    title: str,
    person: User,
    district_key: UUID | None,
    before: dict[str, Any],
    after: dict[str, Any],
    **detail: Any,
) -> None:
    """Append one entry about a person's role or account, and send `role_change_recorded`."""
    entry = record.append_without_content(
        Kind.MEMBER,
        title,
        user=acting_user(),
        district_key=district_key,
        detail={"user_id": person.pk, "user": str(person), **detail}
        | {"before": before, "after": after},
    )
    role_change_recorded.send(sender=RecordEntry, entry=entry)

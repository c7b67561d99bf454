"""Who decides, and by which rules: as the last entries about them say, and not otherwise.

Every row that says who decides has an entry; a row without one, or one that differs from its
entry, was written beside the record.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import RecordEntry
from audit.role_entries import SETTINGS_FIELDS, description_of, snapshot_of
from audit.rule_versions import RuleScope, rule_history
from audit.verification.problems import Problem
from roles.models import Deputy, LevelRule, ReviewSettings, Role, RoleGroup
from roles.scopes import scope_title

Kind = RecordEntry.Kind
DEPUTY_KEYS = ("level", "scope_key", "user_id", "starts_on", "ends_on")


def people_problems() -> Iterator[Problem]:
    """Yield rules, settings, members, deputies and administrators that no entry explains."""
    yield from rule_problems()
    yield from settings_problems()
    yield from member_problems()
    yield from deputy_problems()
    yield from administrator_problems()
    yield from account_problems()


def rule_problems() -> Iterator[Problem]:
    """Yield level rules that are not those of the record."""
    recorded = rule_history().latest()
    stored: dict[RuleScope, LevelRule] = {}
    for rule in LevelRule.objects.select_related("content_type"):
        kind = rule.content_type.model if rule.content_type else ""
        stored[str(rule.district_key), rule.in_school, kind] = rule
    for scope, rule in stored.items():
        version = recorded.get(scope)
        if version is None or (version.levels, version.urgent_levels) != (
            list(rule.levels),
            list(rule.urgent_levels),
        ):
            message = _("Level rule “%s”: no entry says so.")
            yield Problem(message % description_of(rule))
    for scope in recorded.keys() - stored.keys():
        message = _("A level rule of entry %(id)s is gone without an entry.")
        yield Problem(message % {"id": recorded[scope].entry_id}, recorded[scope].entry_id)


def settings_problems() -> Iterator[Problem]:
    """Yield settings of review that are not those of the record."""
    recorded: dict[str, dict[str, Any]] = {}
    for entry in RecordEntry.objects.filter(kind=Kind.RULE).order_by("pk"):
        after = entry.detail.get("after") or {}
        if "remind_after" in after:
            recorded[str(entry.district_key)] = after
    for stored in ReviewSettings.objects.all():
        known = recorded.pop(str(stored.district_key), None)
        defaults = snapshot_of(ReviewSettings())
        if known is None or any(
            known.get(name, defaults[name]) != getattr(stored, name) for name in SETTINGS_FIELDS
        ):
            message = _("Settings of review of %s: no entry says so.")
            yield Problem(message % scope_title(stored.district_key))
    for district_key in recorded:
        message = _("The settings of review of %s are gone without an entry.")
        yield Problem(message % scope_title(UUID(district_key)))


def member_problems() -> Iterator[Problem]:
    """Yield members of roles, and members who are missing, that no entry explains."""
    recorded: set[tuple[str, str, int]] = set()
    entries = RecordEntry.objects.filter(kind=Kind.MEMBER).order_by("pk")
    for detail in entries.values_list("detail", flat=True):
        if "role" in detail and "scope_key" in detail:
            member = (detail["role"], detail["scope_key"], detail["user_id"])
            if detail["after"].get("member"):
                recorded.add(member)
            else:
                recorded.discard(member)
    rows = RoleGroup.objects.filter(group__user__isnull=False)
    stored = {
        (role, str(key), user_id)
        for role, key, user_id in rows.values_list("role", "scope_key", "group__user")
    }
    for messages, members in (
        (_("%(person)s holds “%(role)s” without an entry."), stored - recorded),
        (_("%(person)s lost “%(role)s” without an entry."), recorded - stored),
    ):
        users = User.objects.in_bulk([user_id for _role, _key, user_id in members])
        for role, _key, user_id in sorted(members):
            label = Role(role).label if role in Role.values else role
            yield Problem(messages % {"person": users.get(user_id, user_id), "role": label})


def deputy_problems() -> Iterator[Problem]:
    """Yield deputies, and deputies who are missing, that no entry explains."""
    recorded: list[tuple] = []
    entries = RecordEntry.objects.filter(kind=Kind.DEPUTY).order_by("pk")
    for detail in entries.values_list("detail", flat=True):
        before, after = detail.get("before"), detail.get("after")
        if before and _deputy_key(before) in recorded:
            recorded.remove(_deputy_key(before))
        if after:
            recorded.append(_deputy_key(after))
    for deputy in Deputy.objects.select_related("user"):
        key = _deputy_key(snapshot_of(deputy))
        if key in recorded:
            recorded.remove(key)
        else:
            yield Problem(_("Deputy “%s”: no entry says so.") % deputy)
    for key in recorded:
        yield Problem(_("A deputy of account %s is gone without an entry.") % key[2])


def _deputy_key(snapshot: dict[str, Any]) -> tuple:
    return tuple(str(snapshot[name]) for name in DEPUTY_KEYS)


def account_problems() -> Iterator[Problem]:
    """Yield accounts that were switched off on the record, and are active without an entry."""
    switched_off = {pk for pk, is_active in _last_values("is_active").items() if not is_active}
    for user in User.objects.filter(pk__in=switched_off, is_active=True).order_by("pk"):
        yield Problem(_("%s is active again without an entry.") % user)


def administrator_problems() -> Iterator[Problem]:
    """Yield administrators, and administrators who are missing, that no entry explains."""
    recorded = {pk for pk, is_superuser in _last_values("is_superuser").items() if is_superuser}
    superusers = {user.pk: user for user in User.objects.filter(is_superuser=True)}
    for user_id in sorted(superusers.keys() - recorded):
        yield Problem(_("%s is administrator without an entry.") % superusers[user_id])
    gone = User.objects.filter(pk__in=recorded - superusers.keys())
    for user in gone.order_by("pk"):
        yield Problem(_("%s is administrator no more without an entry.") % user)


def _last_values(flag: str) -> dict[int, bool]:
    """Return account → the value of its flag in the last entry that names it."""
    entries = RecordEntry.objects.filter(kind=Kind.MEMBER).order_by("pk")
    return {
        detail["user_id"]: detail["after"][flag]
        for detail in entries.values_list("detail", flat=True)
        if flag in (detail.get("after") or {})
    }

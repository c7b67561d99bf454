"""Which level rule was in force when: read from the record's own entries about the rules.

An entry of review names the entry that put its rule in force, so that verification judges it by
that rule, and not by what stands in the table today.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from wagtail.models import Page

from audit.models import RecordEntry
from roles.level_rules import level_rule
from roles.models import LevelRule

# (district, in a school, model of the content or empty for every kind)
RuleScope = tuple[str, bool, str]


class RuleVersion(NamedTuple):
    """A rule as one entry put it in force; without levels: the entry deleted it."""

    entry_id: int
    levels: list[str]
    urgent_levels: list[str]

    def levels_for(self, urgent: bool) -> list[str]:
        """Return the levels that an item owes by this version."""
        rule = LevelRule(levels=self.levels, urgent_levels=self.urgent_levels)
        levels: list[str] = rule.levels_for(urgent)
        return levels


class RuleHistory:
    """The versions of every rule, oldest first."""

    def __init__(self, entries: Iterable[RecordEntry]) -> None:
        """Read the entries about rules, oldest first; those about settings are left out."""
        self.versions: dict[RuleScope, list[RuleVersion]] = {}
        for entry in entries:
            after = entry.detail.get("after") or {}
            snapshot = after or entry.detail.get("before") or {}
            if "in_school" in snapshot:
                version = RuleVersion(
                    entry.pk, after.get("levels", []), after.get("urgent_levels", [])
                )
                self.versions.setdefault(_scope_of(snapshot), []).append(version)

    def version_at(
        self, entry_id: int, district_key: UUID | None, in_school: bool, kind: str
    ) -> RuleVersion | None:
        """Return what was in force when the entry `entry_id` was written: the most specific rule.

        `kind` is the name of the content's model.
        """
        for each in (kind, ""):
            versions = self.versions.get((str(district_key), in_school, each), [])
            earlier = [version for version in versions if version.entry_id <= entry_id]
            if earlier and earlier[-1].levels:
                return earlier[-1]
        return None

    def latest(self) -> dict[RuleScope, RuleVersion]:
        """Return the rules that are in force by the record."""
        return {scope: each[-1] for scope, each in self.versions.items() if each[-1].levels}


def rule_history(district_key: UUID | None = None) -> RuleHistory:
    """Return the history of the rules of one district, or of all; one query."""
    entries = RecordEntry.objects.filter(kind=RecordEntry.Kind.RULE).order_by("pk")
    return RuleHistory(entries.filter(district_key=district_key) if district_key else entries)


def current_version(page: Page) -> int | None:
    """Return the id of the entry that put the rule of `page` in force; None without one."""
    rule = level_rule(page)
    if rule is None:
        return None
    kind = rule.content_type.model if rule.content_type else ""
    versions = rule_history(rule.district_key).versions
    own_versions = versions.get((str(rule.district_key), rule.in_school, kind), [])
    return own_versions[-1].entry_id if own_versions else None


def _scope_of(snapshot: dict[str, Any]) -> RuleScope:
    return snapshot["district_key"], snapshot["in_school"], snapshot["kind"]

"""Who held which role when, read from the record's own entries about members and deputies."""

from collections import defaultdict
from typing import Any

from django.utils import timezone

from audit.models import RecordEntry
from roles.models import DECIDING_ROLE, Level, Role

Kind = RecordEntry.Kind


class RoleHistory:
    """The changes of each account's roles, in their order."""

    def __init__(self) -> None:
        """Read every entry about members and deputies; two queries."""
        # Account → (number of the entry, role, place, whether it is held from then on).
        self.members: dict[int, list[tuple[int, str, str, bool]]] = defaultdict(list)
        # Account → (number of the entry, before, after).
        self.deputies: dict[int, list[tuple[int, Any, Any]]] = defaultdict(list)
        rows = RecordEntry.objects.order_by("pk").values_list("pk", "detail")
        for entry_id, detail in rows.filter(kind=Kind.MEMBER):
            if "role" in detail and "scope_key" in detail:
                change = (entry_id, detail["role"], detail["scope_key"])
                joined = bool(detail["after"].get("member"))
                self.members[detail["user_id"]].append((*change, joined))
        for entry_id, detail in rows.filter(kind=Kind.DEPUTY):
            before, after = detail.get("before"), detail.get("after")
            user_id = (after or before)["user_id"]
            self.deputies[user_id].append((entry_id, before, after))

    def held_level(self, approval: RecordEntry, scope_keys: set[str]) -> bool:
        """Return whether whoever approved held the level at one of these places at that moment."""
        roles = {str(DECIDING_ROLE[Level(approval.level)])}
        if approval.level == Level.SCHOOL:
            roles.add(str(Role.POOL_REVIEWER))
        held: dict[tuple[str, str], bool] = {}
        for entry_id, role, place, joined in self.members.get(approval.user_id or 0, []):
            if entry_id < approval.pk and role in roles and place in scope_keys:
                held[role, place] = joined
        return any(held.values()) or self._was_deputy(approval, scope_keys)

    def _was_deputy(self, approval: RecordEntry, scope_keys: set[str]) -> bool:
        day = str(timezone.localdate(approval.at))
        in_force: list[Any] = []
        for entry_id, before, after in self.deputies.get(approval.user_id or 0, []):
            if entry_id < approval.pk:
                if before in in_force:
                    in_force.remove(before)
                if after:
                    in_force.append(after)
        return any(
            row["level"] == approval.level
            and row["scope_key"] in scope_keys
            and row["starts_on"] <= day <= row["ends_on"]
            for row in in_force
        )

"""Who decides, administrates and audits today, as rows of one list."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from accounts.models import User
from roles.models import APPOINTED_ROLES, Role, RoleGroup
from roles.scopes import district_titles, school_titles
from roles.separation import ADMINISTRATOR


@dataclass
class Appointment:
    """One account in one role at one place; deputies are listed by themselves."""

    user: User
    role: str
    scope_key: UUID | None
    place: str

    @property
    def role_name(self) -> str:
        """The role in words."""
        return _("administrator") if self.role == ADMINISTRATOR else str(Role(self.role).label)

    @property
    def state(self) -> str:
        """Whether the account can be used, and whether its owner has taken it over."""
        if not self.user.is_active:
            return _("switched off")
        if not self.user.has_usable_password():
            return _("not taken over yet")
        if self.user.activated_at is None:
            return _("active, never taken over by link and code")
        return _("active")


def appointments() -> list[Appointment]:
    """Return every appointment, administrators first, then districts, then schools by name."""
    titles = district_titles() | school_titles()
    users = get_user_model().objects.in_bulk()
    rows = [
        Appointment(user, ADMINISTRATOR, None, "") for user in users.values() if user.is_superuser
    ]
    members = RoleGroup.objects.filter(role__in=APPOINTED_ROLES, group__user__isnull=False)
    rows += [
        Appointment(users[user_id], role, key, titles.get(key, str(key)))
        for role, key, user_id in members.values_list("role", "scope_key", "group__user")
    ]
    order = [ADMINISTRATOR, Role.AUDITOR, Role.FINAL_APPROVER, Role.SECTION_REVIEWER]
    order.append(Role.POOL_REVIEWER)
    ranks = {str(role): number for number, role in enumerate(order)}
    return sorted(
        rows, key=lambda each: (ranks.get(each.role, len(order)), each.place, str(each.user))
    )

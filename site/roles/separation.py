"""Separation of duties (三员分立): which roles one person may not hold together.

An administrator decides nothing, and who decides administrates nothing; a security auditor reads
and changes nothing.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from roles.models import (
    APPOINTED_ROLES,
    DECIDING_ROLE,
    REVIEWING_ROLES,
    Deputy,
    Level,
    Role,
    RoleGroup,
)

# In proposals: not a role at a place, but the flag `is_superuser`.
ADMINISTRATOR = "administrator"


def separation_errors(account: User, role: str) -> list[str]:
    """Return why `account` may not be given `role` (a `Role`, or ADMINISTRATOR) as well."""
    held = roles_of(account)
    errors = []
    if role in map(str, REVIEWING_ROLES) and ADMINISTRATOR in held:
        errors.append(_("An administrator decides on no text. Take an account of another person."))
    if role == ADMINISTRATOR and held & set(map(str, REVIEWING_ROLES)):
        errors.append(_("Who decides on texts cannot be an administrator."))
    if role == Role.AUDITOR and held - {str(Role.AUDITOR)}:
        errors.append(_("A security auditor holds no other role."))
    if role != Role.AUDITOR and str(Role.AUDITOR) in held:
        errors.append(_("This person is a security auditor, who holds no other role."))
    return errors


def roles_of(
    account: User, *, but_group: Group | None = None, but_deputy: Deputy | None = None
) -> set[str]:
    """Return the roles of an account anywhere, deputyships to come too, and ADMINISTRATOR.

    But for what it holds by this group or deputyship.
    """
    groups = RoleGroup.objects.held_by(account.pk)
    deputyships = Deputy.objects.filter(user=account, ends_on__gte=timezone.localdate())
    if but_group:
        groups = groups.exclude(group=but_group)
    if but_deputy:
        deputyships = deputyships.exclude(pk=but_deputy.pk)
    held = set(map(str, groups.values_list("role", flat=True)))
    held |= {str(DECIDING_ROLE[Level(deputy.level)]) for deputy in deputyships}
    return held | {ADMINISTRATOR} if account.is_superuser else held


def is_protected(account: User, **exceptions: Any) -> bool:
    """Return whether two people answer for this account: it decides, administrates or audits.

    `exceptions`: those of `roles_of`.
    """
    return bool(roles_of(account, **exceptions) & {ADMINISTRATOR, *map(str, APPOINTED_ROLES)})

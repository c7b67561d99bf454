"""Who may propose changes of the people who decide, and who may see them."""

from core.requests import AnyUser
from roles.models import Role
from roles.permissions import may_see_staffing
from roles.role_queries import scope_keys_held_by


def may_see_appointments(user: AnyUser) -> bool:
    """Return whether somebody may see who decides: administrators, final approvers, auditors."""
    return may_see_staffing(user) or bool(scope_keys_held_by(user, Role.AUDITOR))


def may_propose(user: AnyUser) -> bool:
    """Return whether somebody may propose other people and accounts: administrators."""
    return user.is_superuser

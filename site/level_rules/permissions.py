"""Who may change the level rules."""

from core.requests import AnyUser
from roles.permissions import is_superuser


def may_change_level_rules(user: AnyUser) -> bool:
    """Return whether somebody administrates the installation."""
    return is_superuser(user)

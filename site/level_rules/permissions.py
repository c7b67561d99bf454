"""Who may change the level rules."""

from accounts.models import User
from roles.permissions import is_superuser


def may_change_level_rules(user: User) -> bool:
    """Return whether somebody administrates the installation."""
    return is_superuser(user)

"""Who may see and change the people and the settings of review."""

from django.core.exceptions import PermissionDenied

from roles.models import Level
from roles.reviewers import reviewers_at
from roles.role_queries import levels_held_by


def is_superuser(user) -> bool:
    """Return whether this person administrates the whole installation."""
    return user.is_superuser


def require_superuser(user) -> None:
    """Raise PermissionDenied for everybody but administrators."""
    if not user.is_superuser:
        raise PermissionDenied


def may_see_staffing(user) -> bool:
    """Administrators, and final approvers of any place."""
    return user.is_superuser or any(level == Level.FINAL for level, _path in levels_held_by(user))


def may_change_review_settings(user, key) -> bool:
    """Administrators, and the final approvers of the district."""
    return user.is_superuser or reviewers_at([key], Level.FINAL).filter(pk=user.pk).exists()

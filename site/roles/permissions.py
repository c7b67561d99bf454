"""Who may see and change the people and the settings of review."""

from uuid import UUID

from core.requests import AnyUser
from roles.models import Level
from roles.reviewers import reviewers_at
from roles.role_queries import levels_held_by


def is_superuser(user: AnyUser) -> bool:
    """Return whether this person administrates the whole installation."""
    return user.is_superuser


def may_manage_deputies(user: AnyUser) -> bool:
    """Return whether this person may see, name and end deputies: administrators."""
    return user.is_superuser


def may_see_staffing(user: AnyUser) -> bool:
    """Return whether this person may see who is missing: administrators, final approvers."""
    return user.is_superuser or any(level == Level.FINAL for level, _path in levels_held_by(user))


def may_change_review_settings(user: AnyUser, district_key: UUID) -> bool:
    """Return whether this person may set up review there: administrators, its final approvers."""
    if user.is_superuser:
        return True
    reviewers = reviewers_at([district_key], Level.FINAL)
    return user.pk is not None and reviewers.filter(pk=user.pk).exists()

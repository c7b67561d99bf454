"""Who may take pages down, call a schedule back, and see the schedule.

What else stands against an act on one page is said by `withdrawal_errors` and `call_back_errors`.
"""

from wagtail.models import Page

from accounts.models import User
from roles import reviewers
from roles.models import COMMITTEE_LEVELS, Level
from roles.role_queries import levels_held_by


def may_withdraw(user: User, page: Page) -> bool:
    """Return whether `user` is a final approver of the district of `page`."""
    return bool(reviewers.is_reviewer(user, page, Level.FINAL))


def may_call_back(user: User, page: Page) -> bool:
    """Return whether `user` may call a scheduled version of `page` back: who may withdraw it."""
    return may_withdraw(user, page)


def may_take_down_anywhere(user: User) -> bool:
    """Return whether `user` is a final approver anywhere; no query after the first of a request."""
    return final_approval_paths(user) != []


def may_see_schedule(user: User) -> bool:
    """Return whether `user` is a superuser, or a section reviewer or final approver anywhere."""
    return committee_paths(user) != []


def committee_paths(user: User) -> list[str] | None:
    """Return the paths of the trees whose schedule `user` sees; None (all) for superusers."""
    if user.is_superuser:
        return None
    return [path for level, path in levels_held_by(user) if level in COMMITTEE_LEVELS]


def final_approval_paths(user: User) -> list[str]:
    """Return the paths of the trees of which `user` is a final approver, in each language."""
    return [path for level, path in levels_held_by(user) if level == Level.FINAL]

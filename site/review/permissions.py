"""Who may read, decide and change what in review.

Why somebody may not decide on an item, which depends on its text, says `review.domain.gate`.
"""

from wagtail.models import Page

from accounts.models import User
from publication.models import UrgentItem
from publication.recipients import post_publication_checkers
from roles import reviewers
from roles.models import Level
from roles.permissions import is_superuser
from roles.role_queries import levels_held_by

MARKING_LEVELS = (Level.SECTION, Level.FINAL)


def may_see_queue(user: User) -> bool:
    """Return whether somebody decides anywhere, or administrates the installation."""
    return user.is_superuser or bool(levels_held_by(user))


def may_read_item(user: User, page: Page) -> bool:
    """Return whether somebody reviews this page at any level: they read it, decided or not."""
    return any(page.path.startswith(path) for _level, path in levels_held_by(user))


def may_mark_urgent(user: User, page: Page) -> bool:
    """Return whether somebody of the committee may mark items of this page urgent."""
    return any(reviewers.is_reviewer(user, page, level) for level in MARKING_LEVELS)


def may_check_after_publication(user: User, urgent_item: UrgentItem) -> bool:
    """Return whether somebody reviews the urgent item and neither wrote nor approved it."""
    return bool(post_publication_checkers(urgent_item).filter(pk=user.pk).exists())


def may_accept_suggestion(user: User, page: Page) -> bool:
    """Return whether somebody writes this page: reviewers, who open it through its task, do not."""
    granted: set[str] = getattr(page.permissions_for_user(user), "permissions", set())
    return user.is_superuser or bool({"add", "change"} & granted)


def may_cancel_submission(user: User, page: Page) -> bool:
    """Return whether somebody submitted or owns the page; a reviewer returns it instead."""
    return user in (page.current_workflow_state.requested_by, page.owner)


def may_change_level_rules(user: User) -> bool:
    """Return whether somebody administrates the installation."""
    return is_superuser(user)

"""Who may read, decide and change what in review.

Why somebody may not decide on an item, which depends on its text, says `review.domain.gate`.
"""

from wagtail.models import Page

from accounts.models import User
from roles.role_queries import levels_held_by


def may_see_queue(user: User) -> bool:
    """Return whether somebody decides anywhere, or administrates the installation."""
    return user.is_superuser or bool(levels_held_by(user))


def may_read_item(user: User, page: Page) -> bool:
    """Return whether somebody reviews this page at any level: they read it, decided or not."""
    return any(page.path.startswith(path) for _level, path in levels_held_by(user))


def may_accept_suggestion(user: User, page: Page) -> bool:
    """Return whether somebody writes this page: reviewers, who open it through its task, do not."""
    granted: set[str] = getattr(page.permissions_for_user(user), "permissions", set())
    return user.is_superuser or bool({"add", "change"} & granted)


def may_cancel_submission(user: User, page: Page) -> bool:
    """Return whether somebody submitted or owns the page; a reviewer returns it instead."""
    return user in (page.current_workflow_state.requested_by, page.owner)

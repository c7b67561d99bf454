"""Who may read, decide and change what in review.

Why somebody may not decide on an item, which depends on its text, says `review.domain.gate`.
"""

from wagtail.models import Page

from accounts.models import User
from audit.models import RecordEntry
from audit.record import DECISIONS
from review import queue
from roles import reviewers
from roles.models import Level
from roles.role_queries import levels_held_by, pool_paths_held_by


def may_see_queue(user: User) -> bool:
    """Return whether somebody decides anywhere, or administrates the installation."""
    return user.is_superuser or bool(levels_held_by(user) or pool_paths_held_by(user))


def may_open_decision(user: User, page: Page, level: str) -> bool:
    """Return whether somebody holds the level at which `page` waits, or is asked with the pool."""
    if reviewers.is_reviewer(user, page, level):
        return True
    return queue.pool_items_of(user).filter(page_id=page.pk, level=level).exists()


def may_read_item(user: User, page: Page) -> bool:
    """Return whether somebody reviews this page at any level: they read it, decided or not.

    Those of the district's pool read what asks them, and what they decided on.
    """
    if any(page.path.startswith(path) for _level, path in levels_held_by(user)):
        return True
    if not any(page.path.startswith(path) for path in pool_paths_held_by(user)):
        return False
    decided = RecordEntry.objects.filter(
        page_id=page.pk, user_id=user.pk, level=Level.SCHOOL, kind__in=DECISIONS
    )
    return queue.pool_items_of(user).filter(page_id=page.pk).exists() or decided.exists()


def may_accept_suggestion(user: User, page: Page) -> bool:
    """Return whether somebody writes this page: reviewers, who open it through its task, do not."""
    granted: set[str] = getattr(page.permissions_for_user(user), "permissions", set())
    return user.is_superuser or bool({"add", "change"} & granted)


def may_cancel_submission(user: User, page: Page) -> bool:
    """Return whether somebody submitted or owns the page; a reviewer returns it instead."""
    return user in (page.current_workflow_state.requested_by, page.owner)

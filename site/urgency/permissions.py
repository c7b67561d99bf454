"""Who may mark an item urgent, and who may check it after its publication.

What else stands against it, which depends on the item, says `urgency.domain`.
"""

from wagtail.models import Page

from accounts.models import User
from publication.models import UrgentItem
from publication.urgent_items import post_publication_checkers
from roles import reviewers
from roles.models import COMMITTEE_LEVELS


def may_mark_urgent(user: User, page: Page) -> bool:
    """Return whether somebody of the committee may mark items of this page urgent."""
    return any(reviewers.is_reviewer(user, page, level) for level in COMMITTEE_LEVELS)


def may_check_after_publication(user: User, urgent_item: UrgentItem) -> bool:
    """Return whether somebody reviews the urgent item, and neither wrote nor approved it."""
    return bool(post_publication_checkers(urgent_item).filter(pk=user.pk).exists())

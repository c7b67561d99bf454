"""The district's standing pool of school reviewers, and when it stands in at the first level.

A school needs one editor and one reviewer: where its own reviewers wrote in the text, are missing
or late by the reminder's term, those of the pool decide in their place. Deputies are for absences.
"""

from collections.abc import Set

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from accounts.models import User
from core.requests import AnyUser
from review.models.queue import QueueItem
from roles import reviewers
from roles.models import Level


def lacks_own_reviewer(page: Page, level: str, excluded_ids: Set[int]) -> bool:
    """Return whether nobody of the school itself, deputies too, may decide at the first level."""
    return level == Level.SCHOOL and reviewers.reviewer_ids(page, level) <= excluded_ids


def is_pool_asked(workflow_state: WorkflowState, level: str, excluded_ids: Set[int]) -> bool:
    """Return whether the pool decides on what waits at `level`: nobody of the school can, or does.

    `excluded_ids` decide no more on this text. The term is that of the reminder.
    """
    if level != Level.SCHOOL:
        return False
    waiting = QueueItem.objects.filter(workflow_state=workflow_state, level=level)
    if waiting.filter(remind_at__lte=timezone.now()).exists():
        return True
    return lacks_own_reviewer(workflow_state.content_object, level, excluded_ids)


def item_reviewers(
    page: Page, workflow_state: WorkflowState, level: str, excluded_ids: Set[int]
) -> QuerySet[User]:
    """Return who holds `level` over a waiting item now, authors too; with the pool if asked."""
    people = reviewers.reviewers_of(page, level)
    if is_pool_asked(workflow_state, level, excluded_ids):
        people |= reviewers.pool_reviewers_of(page)
    return people


def is_pool_reviewer(user: AnyUser, page: Page) -> bool:
    """Return whether `user` is in the pool of the district of `page`."""
    return user.pk is not None and reviewers.pool_reviewers_of(page).filter(pk=user.pk).exists()

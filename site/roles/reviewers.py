"""Who decides where: the holders of a level's role at a page's school or district."""

from collections.abc import Iterable, Sequence, Set
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from accounts.models import User
from core.requests import AnyUser
from roles.models import DECIDING_ROLE, Level, Role
from roles.role_queries import role_holders
from roles.scopes import scope_keys


def reviewers_of(page: Page, level: str) -> QuerySet[User]:
    """Return the active people who hold `level` over `page`, deputies and authors too."""
    return reviewers_at(scope_keys(page), level)


def reviewers_at(scope_keys: Iterable[UUID], level: str) -> QuerySet[User]:
    """Return the active people who hold `level` at one of the places with these keys."""
    return role_holders(DECIDING_ROLE[Level(level)], scope_keys)


def pool_reviewers_of(page: Page) -> QuerySet[User]:
    """Return the active people of the pool of reviewers of the district of `page`.

    When they may decide at the first level says `review.domain.pool`.
    """
    return role_holders(Role.POOL_REVIEWER, scope_keys(page))


def is_reviewer(user: AnyUser, page: Page, level: str) -> bool:
    """Return whether `user` holds the role of `level` at the school or district of `page`."""
    return user.pk is not None and reviewers_of(page, level).filter(pk=user.pk).exists()


def reviewer_ids(page: Page, level: str) -> set[int]:
    """Return the ids of those who may decide on `page` at `level`."""
    return set(reviewers_of(page, level).values_list("pk", flat=True))


def reviewer_ids_at_any(page: Page, levels: Iterable[str]) -> set[int]:
    """Return the ids of those who may decide on `page` at one of these levels at least."""
    return set().union(*(reviewer_ids(page, level) for level in levels))


def possible_reviewer_ids(page: Page, level: str) -> set[int]:
    """Return the ids of those who may decide on `page` at `level` now or, of the pool, later."""
    ids = reviewer_ids(page, level)
    if level == Level.SCHOOL:
        ids |= set(pool_reviewers_of(page).values_list("pk", flat=True))
    return ids


def can_assign_distinct(levels: Sequence[Set[int]], taken: Set[int] = frozenset()) -> bool:
    """Return whether each of these sets of people can give one of its own, all different."""
    if not levels:
        return True
    first, *rest = levels
    return any(can_assign_distinct(rest, {*taken, each}) for each in first if each not in taken)

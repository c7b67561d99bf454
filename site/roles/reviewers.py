"""Asking the rules: who decides where, and which levels an item owes."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page

from roles.models import DECIDING_ROLE, Level, RoleGroup
from roles.scopes import deputies_today, scope_keys


def reviewers_of(page: Page, level: str):
    """The active people who may decide on `page` at `level`, deputies included, authors too."""
    return reviewers_at(scope_keys(page), level)


def reviewers_at(keys, level: str):
    """The active people who hold `level` at one of the places with these translation keys."""
    groups = RoleGroup.objects.filter(role=DECIDING_ROLE[Level(level)], scope_key__in=keys)
    deputies = deputies_today(level, keys)
    return (
        get_user_model()
        .objects.filter(is_active=True)
        .filter(Q(pk__in=groups.values("group__user")) | Q(pk__in=deputies.values("user")))
        .order_by("pk")
    )


def is_reviewer(user, page: Page, level: str) -> bool:
    """Whether `user` holds the role of `level` at the school or district of `page`."""
    return reviewers_of(page, level).filter(pk=user.pk).exists()


def reviewer_ids(page: Page, level: str) -> set[int]:
    """Ids of those who may decide on `page` at `level`."""
    return set(reviewers_of(page, level).values_list("pk", flat=True))


def reviewer_ids_at_any(page: Page, levels) -> set[int]:
    """Ids of those who may decide on `page` at one of these levels at least."""
    return set().union(*(reviewer_ids(page, level) for level in levels))


def can_assign_distinct(levels: list[set], taken=frozenset()) -> bool:
    """Whether each of these sets of people can give one of its own, all different."""
    if not levels:
        return True
    first, *rest = levels
    return any(can_assign_distinct(rest, {*taken, each}) for each in first if each not in taken)

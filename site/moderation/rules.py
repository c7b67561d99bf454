"""Asking the rules: who decides where, and which levels an item owes."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from moderation.models.rules import DECIDING_ROLE, Level, LevelRule, RoleGroup
from moderation.places import deputies_today, scope_keys
from schools.models import school_of


def reviewers(page: Page, level: str):
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
    return reviewers(page, level).filter(pk=user.pk).exists()


def ids_of_reviewers(page: Page, level: str) -> set[int]:
    """Ids of those who may decide on `page` at `level`."""
    return set(reviewers(page, level).values_list("pk", flat=True))


def ids_at_any_level(page: Page, levels) -> set[int]:
    """Ids of those who may decide on `page` at one of these levels at least."""
    return set().union(*(ids_of_reviewers(page, level) for level in levels))


def can_pass(levels: list[set], taken=frozenset()) -> bool:
    """Whether each of these sets of people can give one of its own, all different."""
    if not levels:
        return True
    first, *rest = levels
    return any(can_pass(rest, {*taken, each}) for each in first if each not in taken)


def level_rule(page: Page) -> LevelRule | None:
    """The most specific rule for `page` in its district."""
    content_type = ContentType.objects.get_for_model(page.specific_class)
    rules = LevelRule.objects.filter(
        district_key__in=scope_keys(page), in_school=school_of(page) is not None
    )
    return (
        rules.filter(content_type=content_type).first() or rules.filter(content_type=None).first()
    )


def required_levels(page: Page, urgent: bool = False) -> list[str]:
    """The levels `page` owes by our own rules; empty when no rule covers it (then: refused).

    Wagtail's list of tasks has no say here: an administrator can switch a task off.
    """
    rule = level_rule(page)
    return rule.levels_for(urgent) if rule else []


def secrecy_level(levels) -> str:
    """The level that answers for the secrecy review: the section, else the last one."""
    return Level.SECTION if Level.SECTION in levels else levels[-1]

"""Asking the rules: who decides where, and which levels an item owes."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from moderation.models.rules import DECIDING_ROLE, Level, LevelRule, RoleGroup
from schools.models import school_of


def scope_keys(page: Page) -> list:
    """Translation keys of `page` and everything above it: where roles for it may be held."""
    return list(page.get_ancestors(inclusive=True).values_list("translation_key", flat=True))


def reviewers(page: Page, level: str):
    """The active people who may decide on `page` at `level`, authors not yet taken out."""
    groups = RoleGroup.objects.filter(
        role=DECIDING_ROLE[Level(level)], scope_key__in=scope_keys(page)
    )
    return (
        get_user_model()
        .objects.filter(is_active=True, groups__role_group__in=groups)
        .distinct()
        .order_by("pk")
    )


def is_reviewer(user, page: Page, level: str) -> bool:
    """Whether `user` holds the role of `level` at the school or district of `page`."""
    return reviewers(page, level).filter(pk=user.pk).exists()


def required_levels(page: Page) -> list[str]:
    """The levels `page` owes by our own rules; empty when no rule covers it (then: refused).

    Wagtail's list of tasks has no say here: an administrator can switch a task off.
    """
    content_type = ContentType.objects.get_for_model(page.specific_class)
    rules = LevelRule.objects.filter(
        district_key__in=scope_keys(page), in_school=school_of(page) is not None
    )
    rule = (
        rules.filter(content_type=content_type).first() or rules.filter(content_type=None).first()
    )
    return rule.levels if rule else []

"""Which levels of review an item owes, by the rules of its district."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from roles.models import Level, LevelRule
from roles.scopes import scope_keys
from schools.models import school_of


def level_rule(page: Page) -> LevelRule | None:
    """Return the most specific rule for `page` in its district."""
    content_type = ContentType.objects.get_for_model(page.specific_class)
    rules = LevelRule.objects.filter(
        district_key__in=scope_keys(page), in_school=school_of(page) is not None
    )
    return (
        rules.filter(content_type=content_type).first() or rules.filter(content_type=None).first()
    )


def required_levels(page: Page, urgent: bool = False) -> list[str]:
    """Return the levels `page` owes by our own rules; empty (then refused) without a rule.

    Wagtail's list of tasks has no say here: an administrator can switch a task off.
    """
    rule = level_rule(page)
    return rule.levels_for(urgent) if rule else []


def secrecy_level(levels: Sequence[str]) -> str:
    """Return the level that answers for the secrecy review: the section, else the last one."""
    return Level.SECTION if Level.SECTION in levels else levels[-1]


def answers_for_secrecy(levels: Sequence[str], level: str) -> bool:
    """Return whether `level`, of those that an item owes, says how the secrecy review ended."""
    return bool(levels) and level == secrecy_level(levels)

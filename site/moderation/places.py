"""Where a page belongs, and in which role somebody acts there."""

from wagtail.models import Page

from moderation.models.rules import DECIDING_ROLE, Level, Role, RoleGroup


def scope_keys(page: Page) -> list:
    """Translation keys of `page` and everything above it: where roles for it may be held."""
    return list(page.get_ancestors(inclusive=True).values_list("translation_key", flat=True))


def district_key_of(page: Page):
    """The translation key of the HomePage above `page` (or of itself); None at the tree's root."""
    path = page.path[: 2 * page.steplen]
    return Page.objects.filter(path=path, depth=2).values_list("translation_key", flat=True).first()


def role_text(user, page: Page, level: str = "") -> str:
    """The role in which `user` acts on `page`, in words, as the record keeps it.

    At a level: the deciding role of that level. Otherwise the roles held there, or empty.
    """
    if user is None:
        return ""
    if level:
        return str(Role(DECIDING_ROLE[Level(level)]).label)
    held = RoleGroup.objects.filter(group__user=user, scope_key__in=scope_keys(page))
    return ", ".join(str(Role(role).label) for role in held.values_list("role", flat=True))[:200]


def hidden_above(page: Page) -> Page | None:
    """The nearest page above `page` that is not public (then nothing below it is), or None."""
    return page.get_ancestors().filter(depth__gt=1, live=False).order_by("-depth").first()

"""Which roles somebody holds where, asked once in a request, whoever asks."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from roles.models import DECIDING_ROLE, Deputy, Level, RoleGroup


def cached_per_request(user, name: str, ask):
    """`ask(user)`; `request.user`, made anew for each request, remembers the answer.

    Other objects of people live longer and ask each time.
    """
    if not isinstance(user, SimpleLazyObject):
        return ask(user)
    if name not in user.__dict__:
        user.__dict__[name] = ask(user)
    return user.__dict__[name]


def roles_held_by(user) -> set[tuple[str, object]]:
    """(role, translation key of the school or district) that `user` holds today, also as deputy.

    Nobody who was switched off holds anything.
    """
    return cached_per_request(user, "_roles_held", _roles_held)


def scope_keys_held_by(user, *roles) -> set:
    """The translation keys of the places where `user` holds one of these roles."""
    wanted = {str(role) for role in roles}
    return {key for role, key in roles_held_by(user) if role in wanted}


def _roles_held(user) -> set[tuple[str, object]]:
    if not user.is_active:
        return set()
    today = timezone.localdate()
    deputies = Deputy.objects.filter(user=user, starts_on__lte=today, ends_on__gte=today)
    rows = RoleGroup.objects.filter(group__user=user).values_list("role", "scope_key")
    rows = rows.union(deputies.order_by().values_list("level", "scope_key"))
    deciding = {str(level): str(DECIDING_ROLE[level]) for level in Level}
    return {(deciding.get(name, name), key) for name, key in rows}


def levels_held_by(user) -> set[tuple[str, str]]:
    """(level, path of the school or district in each language) that this person decides at.

    Asked by menu, panels and lists of one request: `request.user`, made anew for each request,
    remembers the answer.
    """
    return cached_per_request(user, "_review_levels", _levels_of)


def _levels_of(user) -> set[tuple[str, str]]:
    levels = {str(role): str(level) for level, role in DECIDING_ROLE.items()}
    keys = [(levels[role], key) for role, key in roles_held_by(user) if role in levels]
    if not keys:
        return set()
    places = Page.objects.filter(translation_key__in={key for _level, key in keys})
    paths: dict = {}
    for key, path in places.values_list("translation_key", "path"):
        paths.setdefault(key, []).append(path)
    return {(level, path) for level, key in keys for path in paths.get(key, [])}

"""Which roles somebody holds where, asked once in a request, whoever asks."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from moderation.models.rules import DECIDING_ROLE, Deputy, Level, RoleGroup


def once_a_request(user, name: str, ask):
    """`ask(user)`; `request.user`, made anew for each request, remembers the answer.

    Other objects of people live longer and ask each time.
    """
    if not isinstance(user, SimpleLazyObject):
        return ask(user)
    if name not in user.__dict__:
        user.__dict__[name] = ask(user)
    return user.__dict__[name]


def roles_held(user) -> set[tuple[str, object]]:
    """(role, translation key of the school or district) that `user` holds today, also as deputy.

    Nobody who was switched off holds anything.
    """
    return once_a_request(user, "_roles_held", _roles_held)


def keys_held(user, *roles) -> set:
    """The translation keys of the places where `user` holds one of these roles."""
    wanted = {str(role) for role in roles}
    return {key for role, key in roles_held(user) if role in wanted}


def _roles_held(user) -> set[tuple[str, object]]:
    if not user.is_active:
        return set()
    today = timezone.localdate()
    deputies = Deputy.objects.filter(user=user, starts_on__lte=today, ends_on__gte=today)
    rows = RoleGroup.objects.filter(group__user=user).values_list("role", "scope_key")
    rows = rows.union(deputies.order_by().values_list("level", "scope_key"))
    deciding = {str(level): str(DECIDING_ROLE[level]) for level in Level}
    return {(deciding.get(name, name), key) for name, key in rows}

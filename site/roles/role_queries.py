"""Who holds which role where today: members of the role's group, and deputies."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from core.requests import AnyUser
from roles.models import DECIDING_ROLE, LEVEL_OF_ROLE, Deputy, Level, Role, RoleGroup
from roles.scopes import scope_keys

Result = TypeVar("Result")
LABEL_LENGTH = 200  # `RecordEntry.user_role` holds no more


class RoleAssignment(NamedTuple):
    """One person in one role at one place (translation key of a school or district)."""

    role: str
    scope_key: UUID
    user_id: int


def role_holders(role: str, scope_keys: Iterable[UUID], on: date | None = None) -> QuerySet[User]:
    """Return the active people who hold `role` at one of these places, by id.

    Deputies whose time includes the day `on` (default: today) hold the role of their level.
    """
    keys = list(scope_keys)
    groups = RoleGroup.objects.filter(role=role).at(keys)
    holding = Q(pk__in=groups.values("group__user"))
    if level := LEVEL_OF_ROLE.get(role):
        deputies = Deputy.objects.active_on(on or timezone.localdate()).filter(level=level).at(keys)
        holding |= Q(pk__in=deputies.values("user"))
    return get_user_model().objects.filter(is_active=True).filter(holding).order_by("pk")


def role_assignments(user_id: int | None = None) -> set[RoleAssignment]:
    """Return every role that active people, or this account alone, hold today; one query.

    Deputies hold the role of their level. An account that is switched off holds nothing.
    """
    deputies = Deputy.objects.active_on(timezone.localdate()).order_by()
    if user_id is None:
        members = RoleGroup.objects.filter(group__user__is_active=True)
        deputies = deputies.filter(user__is_active=True)
    else:
        members = RoleGroup.objects.filter(group__user=user_id, group__user__is_active=True)
        deputies = deputies.filter(user=user_id, user__is_active=True)
    rows = members.values_list("role", "scope_key", "group__user").union(
        deputies.values_list("level", "scope_key", "user")
    )
    role_of_level = {str(level): str(role) for level, role in DECIDING_ROLE.items()}
    return {RoleAssignment(role_of_level.get(name, name), key, pk) for name, key, pk in rows}


# --- one person ----------------------------------------------------------------------------------


def cached_per_request(user: AnyUser, name: str, query: Callable[[Any], Result]) -> Result:
    """Return `query(user)`; `request.user`, made anew for each request, remembers the answer.

    Other objects of people live longer and ask each time.
    """
    if not isinstance(user, SimpleLazyObject):
        return query(user)
    if name not in user.__dict__:
        user.__dict__[name] = query(user)
    answer: Result = user.__dict__[name]
    return answer


def roles_held_by(user: AnyUser) -> set[tuple[str, UUID]]:
    """Return (role, translation key of the school or district) that `user` holds today.

    Deputies hold the role of their level; nobody who was switched off holds anything.
    """
    return cached_per_request(user, "_roles_held", _roles_held)


def scope_keys_held_by(user: AnyUser, *roles: str) -> set[UUID]:
    """Return the translation keys of the places where `user` holds one of these roles today."""
    wanted = {str(role) for role in roles}
    return {key for role, key in roles_held_by(user) if role in wanted}


def levels_held_by(user: AnyUser) -> set[tuple[str, str]]:
    """Return (level, path of the school or district in each language) where this person decides.

    Asked by menu, panels and lists of one request, which shares the answer.
    """
    return cached_per_request(user, "_review_levels", _levels_held)


def pool_paths_held_by(user: AnyUser) -> set[str]:
    """Return the paths, in each language, of the districts whose pool of reviewers `user` is in."""
    return cached_per_request(user, "_pool_paths", _pool_paths_held)


def role_label(user: User | None, page: Page, level: str = "") -> str:
    """Return the role in which `user` acts on `page`, in words, as the record keeps it.

    At a level: the deciding role of that level, or that this is a deputy or one of the pool.
    Otherwise the roles held there, or empty.
    """
    if user is None:
        return ""
    keys = scope_keys(page)
    groups = RoleGroup.objects.held_by(user.pk).at(keys)
    if not level:
        labels = [str(Role(role).label) for role in groups.values_list("role", flat=True)]
        return ", ".join(labels)[:LABEL_LENGTH]
    role = DECIDING_ROLE[Level(level)]
    label = str(role.label)
    if groups.filter(role=role).exists():
        return label
    deputies = Deputy.objects.active_on(timezone.localdate()).filter(level=level, user=user)
    if deputies.at(keys).exists():
        return _("deputy of the %(role)s") % {"role": label}
    in_pool = level == Level.SCHOOL and groups.filter(role=Role.POOL_REVIEWER).exists()
    return str(Role.POOL_REVIEWER.label) if in_pool else label


def _roles_held(user: AnyUser) -> set[tuple[str, UUID]]:
    if user.pk is None or not user.is_active:
        return set()
    return {(role, key) for role, key, _user_id in role_assignments(user.pk)}


def _levels_held(user: AnyUser) -> set[tuple[str, str]]:
    keys = [
        (LEVEL_OF_ROLE[role], key) for role, key in roles_held_by(user) if role in LEVEL_OF_ROLE
    ]
    if not keys:
        return set()
    paths = _paths_by_key({key for _level, key in keys})
    return {(level, path) for level, key in keys for path in paths.get(key, [])}


def _pool_paths_held(user: AnyUser) -> set[str]:
    keys = scope_keys_held_by(user, Role.POOL_REVIEWER)
    return {path for paths in _paths_by_key(keys).values() for path in paths} if keys else set()


def _paths_by_key(keys: set[UUID]) -> dict[UUID, list[str]]:
    """Return translation key → the paths of the place in each language."""
    paths: dict[UUID, list[str]] = {}
    places = Page.objects.filter(translation_key__in=keys)
    for key, path in places.values_list("translation_key", "path"):
        paths.setdefault(key, []).append(path)
    return paths

"""No single person changes who decides: writes that Wagtail's or our own screens make alone.

Whoever works in the admin writes these rows only inside `confirmed_change()`, which a change by
two people opens. Commands on the server are not held up: they leave entries on the record.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.publishing.contexts import is_confirmed_change
from core.publishing.refusals import PublishingRefused
from core.requests import acting_user
from roles.models import APPOINTED_ROLES, Deputy, LevelRule, ReviewSettings, RoleGroup
from roles.separation import is_protected, separation_errors

BY_TWO_PEOPLE = _("Who decides, and by which rules, changes by two people: one proposes it.")
CHANGED_MEANWHILE = _("This account was changed meanwhile. Open it again, please.")
CREDENTIALS_BY_TWO = _(
    "Password and e-mail address of somebody who decides, administrates or audits change by two "
    "people: one proposes it."
)


def connect() -> None:
    """Connect every receiver, once, at start."""
    user = get_user_model()
    for model in (LevelRule, ReviewSettings, Deputy, RoleGroup):
        name = model.__name__
        pre_save.connect(guard_row, sender=model, dispatch_uid=f"roles_save_{name}")
        pre_delete.connect(guard_row, sender=model, dispatch_uid=f"roles_delete_{name}")
    m2m_changed.connect(
        guard_members, sender=user.groups.through, dispatch_uid="roles_guard_members"
    )
    pre_save.connect(guard_account, sender=user, dispatch_uid="roles_guard_account")
    pre_delete.connect(guard_deletion, sender=user, dispatch_uid="roles_guard_deletion")


def is_alone() -> bool:
    """Return whether somebody works in the admin, and nobody else has confirmed the change."""
    return not is_confirmed_change() and acting_user() is not None


def guard_row(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Raise PublishingRefused for a rule, settings, a deputy or a role's group."""
    if is_alone():
        raise PublishingRefused(BY_TWO_PEOPLE)


def guard_members(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Raise PublishingRefused where members of a role would change that two people appoint."""
    if action == "pre_add" and acting_user() is not None:
        _refuse_mixed_duties(instance, reverse, pk_set or set())
    if action not in ("pre_add", "pre_remove", "pre_clear") or not is_alone():
        return
    groups = Group.objects.filter(pk=instance.pk) if reverse else Group.objects.all()
    if not reverse:
        groups = instance.groups.all() if pk_set is None else groups.filter(pk__in=pk_set)
    appointed = RoleGroup.objects.filter(role__in=APPOINTED_ROLES)
    if appointed.filter(group__in=groups.values("pk")).exists():
        raise PublishingRefused(BY_TWO_PEOPLE)


def _refuse_mixed_duties(instance: Any, reverse: bool, pk_set: set[int]) -> None:
    """Raise PublishingRefused where somebody would hold roles that exclude one another."""
    people = User.objects.filter(pk__in=pk_set) if reverse else [instance]
    groups = [instance.pk] if reverse else pk_set
    roles = RoleGroup.objects.filter(group__in=groups).values_list("role", flat=True)
    errors = [
        error
        for role in set(roles)
        for person in people
        for error in separation_errors(person, role)
    ]
    if errors:
        raise PublishingRefused(*errors)


def guard_account(
    sender: type[Model],
    instance: User,
    update_fields: Collection[str] | None = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Refuse what lets somebody decide or administrate alone; note who set the credentials.

    Raises:
        PublishingRefused: an administrator would be made or unmade; or the password or address of
            somebody else who decides would be set, or such an account be switched on again.
    """
    watched = {"is_superuser", "is_active", "password", "email"}
    if raw or (update_fields is not None and watched.isdisjoint(update_fields)):
        return
    stored = User.objects.select_for_update().filter(pk=instance.pk).first()
    if stored is not None:
        _keep_newer_values(instance, stored)
    changed = {
        name
        for name in watched
        if stored is None or getattr(stored, name) != getattr(instance, name)
    }
    if is_alone():
        _refuse_single_person(instance, stored, changed)
    _note_credentials(instance, changed, update_fields)


def _keep_newer_values(account: User, stored: User) -> None:
    """Take over what somebody else changed since `account` was read, an appointment above all.

    Raises:
        PublishingRefused: this save would change the same field.
    """
    for name, as_read in getattr(account, "as_stored", {}).items():
        newer = getattr(stored, name)
        if newer == as_read or getattr(account, name) == newer:
            continue
        if getattr(account, name) != as_read:
            raise PublishingRefused(CHANGED_MEANWHILE)
        setattr(account, name, newer)


def guard_deletion(sender: type[Model], instance: User, **kwargs: Any) -> None:
    """Raise PublishingRefused for an account that decides, administrates or audits."""
    if is_alone() and is_protected(instance):
        raise PublishingRefused(BY_TWO_PEOPLE)


def _refuse_single_person(account: User, stored: User | None, changed: set[str]) -> None:
    if "is_superuser" in changed and (stored is not None or account.is_superuser):
        raise PublishingRefused(BY_TWO_PEOPLE)
    user = acting_user()
    if stored is None or user is None or user.pk == account.pk or not is_protected(stored):
        return
    if {"password", "email"} & changed:
        raise PublishingRefused(CREDENTIALS_BY_TWO)
    if "is_active" in changed and account.is_active:
        raise PublishingRefused(BY_TWO_PEOPLE)


def _note_credentials(
    account: User, changed: set[str], update_fields: Collection[str] | None
) -> None:
    """Write who set password and address into the account that is about to be saved.

    A password that is hashed anew while its owner logs in is saved alone and keeps its note.
    """
    if update_fields is not None:
        return
    user = acting_user()
    for name in {"password", "email"} & changed:
        setattr(account, f"{name}_set_by", user.pk if user else None)
        setattr(account, f"{name}_set_at", timezone.now())
    if "password" in changed and (user is None or user.pk != account.pk):
        # Somebody else knows it, or did: the owner has to take the account over again.
        account.activated_at = None

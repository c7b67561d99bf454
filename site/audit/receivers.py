"""What Wagtail's own screens and forms write: accounts, members of roles, rules, versions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model, ProtectedError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Revision

from accounts.models import User
from audit.account_entries import (
    RECORDED_FIELDS,
    record_account_change,
    record_new_administrator,
    rename_errors,
    stored_values,
)
from audit.deletion_guards import account_deletion_errors, revision_deletion_errors
from audit.role_entries import Rule, record_membership, record_rule_change, snapshot_of
from core.publishing.refusals import PublishingRefused
from roles.models import Deputy, LevelRule, ReviewSettings, RoleGroup


def connect() -> None:
    """Connect every receiver, once, at start."""
    user = get_user_model()
    for model in (LevelRule, ReviewSettings, Deputy):
        name = model.__name__
        pre_save.connect(remember_rule, sender=model, dispatch_uid=f"remember_{name}")
        post_save.connect(rule_saved, sender=model, dispatch_uid=f"saved_{name}")
        post_delete.connect(rule_deleted, sender=model, dispatch_uid=f"deleted_{name}")
    m2m_changed.connect(members_changed, sender=user.groups.through, dispatch_uid="members")
    pre_delete.connect(holder_deleted, sender=user, dispatch_uid="holder_deleted")
    pre_delete.connect(role_group_deleted, sender=RoleGroup, dispatch_uid="role_group_deleted")
    post_save.connect(role_group_saved, sender=RoleGroup, dispatch_uid="role_group_saved")
    pre_save.connect(remember_account, sender=user, dispatch_uid="remember_account")
    post_save.connect(account_saved, sender=user, dispatch_uid="account_saved")
    pre_delete.connect(keep_account, sender=user, dispatch_uid="keep_account")
    pre_delete.connect(keep_revision, sender=Revision, dispatch_uid="keep_revision")


# --- rules, settings and deputies ----------------------------------------------------------------


def remember_rule(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Keep the stored snapshot on the instance until it is saved."""
    stored: Rule | None = None
    if not instance._state.adding:
        stored = sender._default_manager.filter(pk=instance.pk).first()  # type: ignore[assignment]  # `sender` is one of the three
    instance._snapshot = snapshot_of(stored) if stored else None


def rule_saved(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record a rule, settings or a deputy that was made or changed."""
    if not raw:
        # Read again: a date may still be the text it was given as.
        stored: Any = sender._default_manager.get(pk=instance.pk)
        record_rule_change(instance, instance._snapshot, snapshot_of(stored))


def rule_deleted(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Record a rule, settings or a deputy that was deleted."""
    record_rule_change(instance, snapshot_of(instance), None)


# --- members of roles ----------------------------------------------------------------------------


def members_changed(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Record who was put into groups or taken out, from either side of the relation."""
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    people: Iterable[User]
    if reverse:
        groups, members = Group.objects.filter(pk=instance.pk), instance.user_set.all()
        people = members if pk_set is None else members.filter(pk__in=pk_set)
    else:
        groups, people = instance.groups.all(), [instance]
        groups = groups if pk_set is None else groups.filter(pk__in=pk_set)
    for role_group in RoleGroup.objects.filter(group__in=groups.values("pk")).order_by("pk"):
        for person in people:
            record_membership(role_group, person, joined=action == "post_add")


def holder_deleted(sender: type[Model], instance: User, **kwargs: Any) -> None:
    """Record that an account which is deleted leaves its roles."""
    for role_group in RoleGroup.objects.held_by(instance.pk):
        record_membership(role_group, instance, joined=False)


def role_group_deleted(sender: type[Model], instance: RoleGroup, **kwargs: Any) -> None:
    """Record that the members of a group leave the role that it no longer holds."""
    for person in get_user_model().objects.filter(groups=instance.group_id):
        record_membership(instance, person, joined=False)


def role_group_saved(
    sender: type[Model], instance: RoleGroup, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Record that the members of a group join the role that it begins to hold."""
    if created and not raw:
        for person in get_user_model().objects.filter(groups=instance.group_id):
            record_membership(instance, person, joined=True)


# --- accounts and versions -----------------------------------------------------------------------


def remember_account(
    sender: type[Model],
    instance: Any,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep the stored values on the account until it is saved; signing in asks nothing.

    Raises:
        PublishingRefused: a reviewer would change their own name.
    """
    instance._stored_values = None
    if instance._state.adding:
        return
    if update_fields is not None and RECORDED_FIELDS.isdisjoint(update_fields):
        return
    before = instance._stored_values = stored_values(instance)
    if before and (errors := rename_errors(instance, before)):
        raise PublishingRefused(*errors)


def account_saved(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Record what changed of an account that holds a role, or of an administrator's."""
    if raw:
        return
    before = getattr(instance, "_stored_values", None)
    if before is not None:
        record_account_change(instance, before)
    elif kwargs.get("created") and instance.is_superuser:
        record_new_administrator(instance)


def keep_account(sender: type[Model], instance: User, **kwargs: Any) -> None:
    """Raise PublishingRefused for an account that has written or decided."""
    if errors := account_deletion_errors(instance):
        raise PublishingRefused(*errors)


def keep_revision(
    sender: type[Model], instance: Revision, origin: Any = None, **kwargs: Any
) -> None:
    """Raise ProtectedError, which `purge_revisions` passes over, for a version that must stay.

    A version that goes with its page, which is a draft then, may go.
    """
    if getattr(origin, "model", type(origin)) is not Revision:
        return
    if errors := revision_deletion_errors(instance):
        raise ProtectedError(errors[0], {instance})

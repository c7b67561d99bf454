"""Accounts of those who hold roles: switched off or on, made administrator, taken into a hand."""

from django.utils.translation import gettext as _

from audit.role_entries import acting_user, record_member_change
from core.publishing.refusals import PublishingRefused
from roles import scopes
from roles.models import DECIDING_ROLE, Deputy, RoleGroup

FLAGS = ("is_active", "is_superuser")
# They stand on the record and, where a district wants that, under public texts.
NAMES = ("username", "first_name", "last_name")
# Whoever sets these for somebody else can sign in as that person. Only that they were set is kept.
KEYS = ("password", "email")


def remember_account(sender, instance, update_fields=None, **kwargs) -> None:
    """What the account was before; signing in asks nothing."""
    instance._account = None
    names = {*FLAGS, *NAMES, *KEYS}
    if instance._state.adding or (update_fields is not None and not names & {*update_fields}):
        return
    instance._account = sender.objects.filter(pk=instance.pk).values(*names).first()
    before, user = instance._account, acting_user()
    renamed = before and any(before[name] != getattr(instance, name) for name in NAMES)
    if renamed and user is not None and not user.is_superuser and decides(instance):
        raise PublishingRefused(
            _("Your name stands on the record of reviews. The administrator changes it.")
        )


def record_account(sender, instance, raw=False, **kwargs) -> None:
    """An account with a role, or an administrator's, was changed in one of these ways."""
    before = getattr(instance, "_account", None)
    if before is None or raw:
        return
    changed = [name for name in FLAGS + NAMES if before[name] != getattr(instance, name)]
    if acting_user() is not None and acting_user().pk != instance.pk:
        changed += [name for name in KEYS if before[name] != getattr(instance, name)]
    if changed:
        _record(instance, before, changed)


def _record(person, before, changed) -> None:
    keys = [*RoleGroup.objects.filter(group__user=person).values_list("scope_key", flat=True)]
    keys += Deputy.objects.filter(user=person).values_list("scope_key", flat=True)
    if not keys and "is_superuser" not in changed:
        return
    for name in changed:
        for district_key in {scopes.district_key_of_scope(key) for key in keys} or {None}:
            known = name not in KEYS
            record_member_change(
                _words(name, getattr(person, name)) % {"person": person},
                person,
                district_key,
                {name: before[name] if known else ""},
                {name: getattr(person, name) if known else "set"},
            )


def decides(person) -> bool:
    """Whether this account holds a level anywhere, or will as deputy."""
    roles = RoleGroup.objects.filter(group__user=person, role__in=DECIDING_ROLE.values())
    return roles.exists() or Deputy.objects.filter(user=person).exists()


def _words(name: str, value) -> str:
    if name in NAMES:
        return _("%(person)s: the name was changed")
    words = {
        ("is_active", True): _("%(person)s: the account is active again"),
        ("is_active", False): _("%(person)s: the account is switched off"),
        ("is_superuser", True): _("%(person)s becomes administrator"),
        ("is_superuser", False): _("%(person)s is administrator no more"),
        "password": _("%(person)s: the password was set by somebody else"),
        "email": _("%(person)s: the e-mail address was changed by somebody else"),
    }
    return words[name] if name in KEYS else words[name, bool(value)]

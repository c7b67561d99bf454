"""Changes of accounts that hold roles, as entries: flags, names, password and e-mail address."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from audit.permissions import may_rename_account
from audit.role_entries import record_member_change
from core.requests import acting_user
from roles.models import Deputy, RoleGroup
from roles.scopes import district_key_of_scope

FLAGS = ("is_active", "is_superuser")
# They stand on the record and, where a district wants that, under public texts.
NAMES = ("username", "first_name", "last_name")
# Whoever sets these for somebody else can sign in as that person. Only that they were set is kept.
CREDENTIALS = ("password", "email")
RECORDED_FIELDS = frozenset((*FLAGS, *NAMES, *CREDENTIALS))


def stored_values(account: User) -> dict[str, Any] | None:
    """Return what the database holds of an account before it is saved; None for a new one."""
    values: dict[str, Any] | None = (
        User.objects.filter(pk=account.pk).values(*RECORDED_FIELDS).first()
    )
    return values


def rename_errors(account: User, before: dict[str, Any]) -> list[str]:
    """Return why whoever works in the admin may not save these names."""
    renamed = any(before[name] != getattr(account, name) for name in NAMES)
    if renamed and not may_rename_account(acting_user(), account):
        return [_("Your name stands on the record of reviews. The administrator changes it.")]
    return []


def record_account_change(account: User, before: dict[str, Any]) -> None:
    """Append an entry for each recorded field that differs from `before`, in each district.

    Accounts without a role leave no entry unless they begin or cease to be administrators; one's
    own password and address are one's own business.
    """
    user = acting_user()
    by_somebody_else = user is not None and user.pk != account.pk
    names = FLAGS + NAMES + (CREDENTIALS if by_somebody_else else ())
    changed = [name for name in names if before[name] != getattr(account, name)]
    if not changed:
        return
    scope_keys = [*RoleGroup.objects.held_by(account.pk).values_list("scope_key", flat=True)]
    scope_keys += Deputy.objects.filter(user=account).values_list("scope_key", flat=True)
    if not scope_keys and "is_superuser" not in changed:
        return
    district_keys = {district_key_of_scope(key) for key in scope_keys} or {None}
    for name in changed:
        value, is_secret = getattr(account, name), name in CREDENTIALS
        for district_key in district_keys:
            record_member_change(
                _title(name, value) % {"person": account},
                account,
                district_key,
                {name: "" if is_secret else before[name]},
                {name: "set" if is_secret else value},
            )


def record_new_administrator(account: User) -> None:
    """Append an entry: the account was made with the flag of administrators."""
    title = _title("is_superuser", True) % {"person": account}
    flags = ({"is_superuser": False}, {"is_superuser": True})
    record_member_change(title, account, None, *flags)


def _title(name: str, value: Any) -> str:
    if name in NAMES:
        return _("%(person)s: the name was changed")
    if name == "password":
        return _("%(person)s: the password was set by somebody else")
    if name == "email":
        return _("%(person)s: the e-mail address was changed by somebody else")
    if name == "is_active":
        if value:
            return _("%(person)s: the account is active again")
        return _("%(person)s: the account is switched off")
    if value:
        return _("%(person)s becomes administrator")
    return _("%(person)s is administrator no more")

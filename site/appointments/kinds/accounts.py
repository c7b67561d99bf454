"""Credentials of somebody who decides, administrates or audits: by two people."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appointments.account_facts import account_rows
from appointments.activation import print_step, require_activation
from appointments.kinds.memberships import account_errors, account_of, subject_id
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from change_requests.models import ChangeRequest
from roles.models import Level


def rows(payload: Payload) -> list[ChangeRow]:
    """Return who set the account's password and address last."""
    return account_rows(account_of(payload))


# --- a new password ------------------------------------------------------------------------------


def apply_credentials(payload: Payload) -> None:
    """Do nothing here: the activation that follows sets the password."""


def credentials_confirmed(change_request: ChangeRequest) -> list[str]:
    """End the password; its owner sets another one by a link and a code."""
    account = account_of(change_request.payload)
    if account is not None:
        return require_activation(account, change_request)
    return []


# --- another address -----------------------------------------------------------------------------


def email_errors(payload: Payload) -> list[str]:
    """Return why the account cannot have this address."""
    if errors := account_errors(payload):
        return errors
    try:
        validate_email(payload.get("email", ""))
    except ValidationError as error:
        return list(error.messages)
    return []


def apply_email(payload: Payload) -> None:
    """Write the address."""
    account = account_of(payload)
    if account is not None:
        account.email = payload["email"]
        account.save()


def email_rows(payload: Payload) -> list[ChangeRow]:
    """Compare the addresses."""
    account = account_of(payload)
    old = account.email if account else ""
    return [ChangeRow(_("e-mail address"), old, payload["email"]), *rows(payload)]


# --- switched on again ---------------------------------------------------------------------------


def switch_on_errors(payload: Payload) -> list[str]:
    """Return why the account cannot be switched on."""
    account = account_of(payload)
    if account is None:
        return [_("This account does not exist any more.")]
    return [_("This account is active.")] if account.is_active else []


def apply_switch_on(payload: Payload) -> None:
    """Switch the account on."""
    account = account_of(payload)
    if account is not None:
        account.is_active = True
        account.save()


CREDENTIALS_KIND = ChangeKind(
    "credentials",
    gettext_lazy("new password by link and code"),
    apply=apply_credentials,
    errors=account_errors,
    rows=rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    subject_id=subject_id,
    confirmed=credentials_confirmed,
    next_step=print_step,
)
EMAIL_KIND = ChangeKind(
    "email",
    gettext_lazy("e-mail address of an account"),
    apply=apply_email,
    errors=email_errors,
    rows=email_rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    subject_id=subject_id,
)
SWITCH_ON_KIND = ChangeKind(
    "switch_on",
    gettext_lazy("account switched on again"),
    apply=apply_switch_on,
    errors=switch_on_errors,
    rows=rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    subject_id=subject_id,
    confirmed=credentials_confirmed,
    next_step=print_step,
)

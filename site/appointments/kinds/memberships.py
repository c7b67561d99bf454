"""Who holds a reviewing role, audits or administrates: joining and leaving, by two people."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.models import User
from appointments.account_facts import account_rows
from appointments.activation import print_step, require_activation
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from change_requests.models import ChangeRequest
from core.tree import HOME_DEPTH
from roles.groups import role_group
from roles.models import APPOINTED_ROLES, Level, Role, RoleGroup
from roles.scopes import scope_title
from roles.separation import ADMINISTRATOR, is_protected, separation_errors

JOIN, LEAVE = "join", "leave"


def account_of(payload: Payload) -> User | None:
    """Return the account that a payload is about; None if it was deleted."""
    return User.objects.filter(pk=payload.get("user") or 0).first()


def subject_id(payload: Payload) -> int | None:
    """Return the id of the account that a payload is about."""
    return payload.get("user")


def account_errors(payload: Payload) -> list[str]:
    """Return an error if the account is no longer there, or switched off."""
    account = account_of(payload)
    if account is None:
        return [_("This account does not exist any more.")]
    if payload.get("action") != LEAVE and not account.is_active:
        return [_("This account is switched off.")]
    return []


# --- roles at a place ----------------------------------------------------------------------------


def membership_errors(payload: Payload) -> list[str]:
    """Return why this person cannot join or leave the role now."""
    if errors := account_errors(payload):
        return errors
    role, account = str(payload.get("role")), account_of(payload)
    page = _page_of(payload)
    if role not in map(str, APPOINTED_ROLES) or page is None or account is None:
        return [
            _(
                "There is no such role at this place: choose a school for its reviewers, "
                "else the district."
            )
        ]
    is_member = RoleGroup.objects.filter(
        role=role, scope_key=page.translation_key, group__user=account
    ).exists()
    if payload.get("action") == LEAVE:
        return [] if is_member else [_("This person does not hold the role.")]
    if is_member:
        return [_("This person holds the role already.")]
    return separation_errors(account, role)


def _page_of(payload: Payload) -> Page | None:
    """Return the school or district of the payload, in its first language, if it suits the role."""
    pages = Page.objects.filter(translation_key=payload.get("scope_key")).order_by("path")
    page = pages.first()
    if page is None:
        return None
    of_school = payload.get("role") == Role.SCHOOL_REVIEWER
    return page.specific if of_school == (page.depth != HOME_DEPTH) else None


def apply_membership(payload: Payload) -> None:
    """Put the person into the role's group, or take them out."""
    page, account = _page_of(payload), account_of(payload)
    if page is None or account is None:
        return
    group = role_group(payload["role"], page)
    if payload["action"] == LEAVE:
        account.groups.remove(group)
    else:
        account.groups.add(group)


def membership_rows(payload: Payload) -> list[ChangeRow]:
    """Describe the role, and who set the account's password and address last."""
    role = Role(payload["role"]).label
    place = scope_title(payload["scope_key"])
    held = _("%(role)s, %(place)s") % {"role": role, "place": place}
    return _role_rows(payload, held)


def _role_rows(payload: Payload, held: str) -> list[ChangeRow]:
    before, after = ("", held) if payload["action"] == JOIN else (held, "")
    return [ChangeRow(_("role"), before, after), *account_rows(account_of(payload))]


def membership_confirmed(change_request: ChangeRequest) -> list[str]:
    """Let the new holder take the account over, unless two people answered for it before.

    Until now a single administrator could set its password, or had a reset letter sent.
    """
    payload = change_request.payload
    account, page = account_of(payload), _page_of(payload)
    if payload["action"] == LEAVE and account is not None and not is_protected(account):
        # What was printed for the role opens nothing any more.
        account.activations.open().update(expires_at=timezone.now())
    if payload["action"] != JOIN or account is None or page is None:
        return []
    group = role_group(payload["role"], page)
    if account.activated_at is None or not is_protected(account, but_group=group):
        return require_activation(account, change_request)
    return []


# --- administrators ------------------------------------------------------------------------------


def administrator_errors(payload: Payload) -> list[str]:
    """Return why this person cannot become administrator, or cease to be one, now."""
    if errors := account_errors(payload):
        return errors
    account = account_of(payload)
    assert account is not None
    if payload.get("action") == LEAVE:
        if not account.is_superuser:
            return [_("This person is no administrator.")]
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk)
        return [] if others.exists() else [_("At least one administrator has to be left.")]
    if account.is_superuser:
        return [_("This person is an administrator already.")]
    return separation_errors(account, ADMINISTRATOR)


def apply_administrator(payload: Payload) -> None:
    """Give the account the flag, or take it."""
    account = account_of(payload)
    if account is not None:
        account.is_superuser = payload["action"] == JOIN
        account.save()


def administrator_confirmed(change_request: ChangeRequest) -> list[str]:
    """Let the new administrator take the account over; it held no protected role before."""
    account = account_of(change_request.payload)
    if change_request.payload["action"] == JOIN and account is not None:
        return require_activation(account, change_request)
    return []


def administrator_rows(payload: Payload) -> list[ChangeRow]:
    """Describe the change, and who set the account's password and address last."""
    return _role_rows(payload, _("administrator"))


MEMBERSHIP_KIND = ChangeKind(
    "membership",
    gettext_lazy("people who decide"),
    apply=apply_membership,
    errors=membership_errors,
    rows=membership_rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    subject_id=subject_id,
    confirmed=membership_confirmed,
    next_step=print_step,
)
ADMINISTRATOR_KIND = ChangeKind(
    "administrator",
    gettext_lazy("administrator"),
    apply=apply_administrator,
    errors=administrator_errors,
    rows=administrator_rows,
    levels=(),
    by_administrators=True,
    subject_id=subject_id,
    confirmed=administrator_confirmed,
    next_step=print_step,
)

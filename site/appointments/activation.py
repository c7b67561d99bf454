"""Activating an account that decides, administrates or audits.

The proposer of the change prints a link, the confirmer a code: only who was given both sets the
password. Either half can be printed anew until it is used, which ends the one printed before.
"""

import hashlib
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from appointments.models import Activation
from audit.role_entries import record_member_change
from change_requests.kinds import NextStep
from change_requests.models import ChangeRequest
from core.publishing.refusals import Refused
from core.text.codes import random_code
from roles.models import ReviewSettings, Role, RoleGroup
from roles.scopes import district_key_of_scope
from roles.separation import roles_of

PRINT_HALVES = gettext_lazy(
    "Print your half for the owner of the account and hand it over; whoever proposed it prints the "
    "other one."
)
VALID_FOR = timedelta(days=14)
MAX_WRONG_CODES = 5
CODE_LENGTH = 12
TOKEN_LENGTH = 26


def require_activation(account: User, change_request: ChangeRequest) -> list[str]:
    """Make the account's password unusable until its owner has taken it over.

    Called where a change by two people is carried out. An activation that is open ends. Return
    what the confirmer does next.
    """
    Activation.objects.open().filter(user=account).delete()
    account.set_unusable_password()
    account.activated_at = None
    account.save()
    Activation.objects.create(
        user=account,
        change_request_id=change_request.pk,
        link_by=change_request.proposed_by,
        code_by=change_request.decided_by,
        needs_code=needs_code(account),
        expires_at=timezone.now() + VALID_FOR,
    )
    return [str(PRINT_HALVES)]


def needs_code(account: User) -> bool:
    """Return whether a second half is needed: always, but for schools' reviewers by the setting."""
    if roles_of(account) - {str(Role.SCHOOL_REVIEWER), str(Role.SCHOOL_EDITOR)}:
        return True
    keys = {
        district_key_of_scope(key)
        for key in RoleGroup.objects.held_by(account.pk).values_list("scope_key", flat=True)
    }
    lenient = ReviewSettings.objects.filter(district_key__in=keys, school_activation_code=False)
    return lenient.count() < max(len(keys), 1)


def print_link(activation: Activation, user: User) -> str:
    """Return a new token for the link, for who proposed the change. Raise Refused for others."""
    _require_open(activation, user, activation.link_by_id)
    return new_link(activation)


def print_code(activation: Activation, user: User) -> str:
    """Return a new code, for who confirmed the change. Raise Refused for anybody else."""
    _require_open(activation, user, activation.code_by_id)
    return new_code(activation)


def new_link(activation: Activation) -> str:
    """Return a new token for the link; an older one ends."""
    # As many characters as somebody can copy from paper; five wrong codes end the other half.
    token = random_code(TOKEN_LENGTH)
    Activation.objects.filter(pk=activation.pk).update(link_hash=_hash(token))
    return token


def new_code(activation: Activation) -> str:
    """Return a new code; an older one ends, and wrong tries are forgotten."""
    code = random_code(CODE_LENGTH)
    Activation.objects.filter(pk=activation.pk).update(code_hash=make_password(code), wrong_codes=0)
    return code


def print_step(change_request: ChangeRequest, user: User) -> NextStep | None:
    """Return the way to the half that `user` prints, while the activation is open."""
    waiting = Activation.objects.open().filter(change_request_id=change_request.pk).last()
    if waiting is None:
        return None
    labels = {waiting.code_by_id: _("Print the code"), waiting.link_by_id: _("Print the link")}
    if user.pk not in labels or (user.pk != waiting.link_by_id and not waiting.needs_code):
        return None
    return NextStep(
        labels[user.pk], reverse("appointments_print_activation", args=[change_request.pk])
    )


def find_activation(token: str) -> Activation | None:
    """Return the open activation that this link leads to."""
    activations = Activation.objects.open().filter(user__is_active=True)
    return activations.filter(link_hash=_hash(token)).select_related("user").first()


def activate(activation: Activation, code: str, password: str) -> User:
    """Set the owner's own password; the link and the code are used up then.

    Raises:
        Refused: a wrong code, too many of them, or used meanwhile.
    """
    errors = _code_errors(activation, code)
    if errors:
        raise Refused(errors)
    with transaction.atomic():
        if not Activation.objects.open().filter(pk=activation.pk).update(used_at=timezone.now()):
            raise Refused([_("This link has been used.")])
        account = User.objects.select_for_update().get(pk=activation.user_id)
        account.set_password(password)
        account.password_set_at = timezone.now()
        # By the link alone whoever printed it could have been the one: no more than a school's
        # reviewer is made of that.
        account.activated_at = account.password_set_at if activation.needs_code else None
        account.password_set_by = account.pk
        account.save(
            update_fields=["password", "activated_at", "password_set_at", "password_set_by"]
        )
        record_member_change(
            _("%(person)s took the account over") % {"person": account},
            account,
            None,
            {"activated": False},
            {"activated": True},
            change_request=activation.change_request_id,
        )
    return account


def _code_errors(activation: Activation, code: str) -> list[str]:
    """Return why this code does not open the account; a wrong one is counted at once."""
    if not activation.needs_code:
        return []
    # Counted first, so that many tries at the same time are not more tries.
    counted = Activation.objects.filter(pk=activation.pk, wrong_codes__lt=MAX_WRONG_CODES)
    if not activation.code_hash or not counted.update(wrong_codes=F("wrong_codes") + 1):
        return [_("This code is not valid any more. Ask whoever gave it to you for a new one.")]
    if not check_password(code.strip().upper().replace("-", ""), activation.code_hash):
        return [_("This is not the code.")]
    Activation.objects.filter(pk=activation.pk).update(wrong_codes=0)
    return []


def _require_open(activation: Activation, user: User, owner_id: int | None) -> None:
    if user.pk != owner_id:
        raise Refused([_("The two halves are printed by two different people.")])
    if not Activation.objects.open().filter(pk=activation.pk).exists():
        raise Refused([_("This activation is over: it was used, or its time is up.")])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

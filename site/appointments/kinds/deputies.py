"""Deputies: named, and ended, by two people."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appointments.account_facts import account_rows
from appointments.activation import print_step, require_activation
from appointments.kinds.memberships import account_errors, account_of, subject_id
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from change_requests.models import ChangeRequest
from roles.deputies import end_deputy, end_deputy_errors
from roles.models import DECIDING_ROLE, Deputy, Level
from roles.scopes import district_key_of_scope, scope_title
from roles.separation import is_protected, separation_errors

FIELDS = ("level", "scope_key", "starts_on", "ends_on", "reason")


def new_deputy(payload: Payload) -> Deputy:
    """Return the deputy that a payload describes, not saved."""
    deputy = Deputy(user=account_of(payload), **{name: payload[name] for name in FIELDS})
    deputy.starts_on = date.fromisoformat(payload["starts_on"])
    deputy.ends_on = date.fromisoformat(payload["ends_on"])
    deputy.scope_key = UUID(payload["scope_key"])
    return deputy


def deputy_payload(deputy: Deputy) -> Payload:
    """Return the payload that names `deputy` (a form's instance)."""
    return {"user": deputy.user_id} | {name: str(getattr(deputy, name)) for name in FIELDS}


def deputy_errors(payload: Payload) -> list[str]:
    """Return why this person cannot be named now."""
    if errors := account_errors(payload):
        return errors
    deputy = new_deputy(payload)
    if district_key_of_scope(deputy.scope_key) is None:
        return [_("This school or district does not exist any more.")]
    if deputy.ends_on < timezone.localdate():
        return [_("The last day is over already.")]
    try:
        deputy.clean()
    except ValidationError as error:
        return list(error.messages)
    same = Deputy.objects.overlapping(deputy.starts_on, deputy.ends_on).filter(
        user=deputy.user, level=deputy.level, scope_key=deputy.scope_key
    )
    if same.exists():
        return [_("This person is deputy there on some of these days.")]
    return separation_errors(deputy.user, str(DECIDING_ROLE[Level(deputy.level)]))


def apply_deputy(payload: Payload) -> None:
    """Name the deputy."""
    new_deputy(payload).save()


def deputy_rows(payload: Payload) -> list[ChangeRow]:
    """Describe the deputyship, and who set the account's password and address last."""
    deputy = new_deputy(payload)
    return [
        ChangeRow(_("review level"), "", deputy.get_level_display()),
        ChangeRow(_("school or district"), "", scope_title(deputy.scope_key)),
        ChangeRow(_("from – until"), "", f"{deputy.starts_on} – {deputy.ends_on}"),
        *account_rows(account_of(payload)),
    ]


def deputy_confirmed(change_request: ChangeRequest) -> list[str]:
    """Let the deputy take the account over, unless two people answered for it before."""
    account = account_of(change_request.payload)
    if account is None:
        return []
    named = Deputy.objects.filter(user=account).order_by("-pk").first()
    if account.activated_at is None or not is_protected(account, but_deputy=named):
        return require_activation(account, change_request)
    return []


# --- the end -------------------------------------------------------------------------------------


def _deputy_of(payload: Payload) -> Deputy | None:
    return Deputy.objects.filter(pk=payload.get("deputy") or 0).select_related("user").first()


def end_errors(payload: Payload) -> list[str]:
    """Return why this time cannot be ended now."""
    deputy = _deputy_of(payload)
    return end_deputy_errors(deputy) if deputy else [_("This time is over already.")]


def apply_end(payload: Payload) -> None:
    """End the time at once."""
    deputy = _deputy_of(payload)
    if deputy is not None:
        end_deputy(deputy)


def end_rows(payload: Payload) -> list[ChangeRow]:
    """Describe the deputyship that ends."""
    return [ChangeRow(_("deputy"), payload["deputyship"], _("ended at once"))]


DEPUTY_KIND = ChangeKind(
    "deputy",
    gettext_lazy("deputy"),
    apply=apply_deputy,
    errors=deputy_errors,
    rows=deputy_rows,
    levels=(Level.FINAL,),
    by_administrators=True,
    subject_id=subject_id,
    confirmed=deputy_confirmed,
    next_step=print_step,
)
END_DEPUTY_KIND = ChangeKind(
    "end_deputy",
    gettext_lazy("end of a deputy's time"),
    apply=apply_end,
    errors=end_errors,
    rows=end_rows,
    levels=(Level.FINAL,),
    by_administrators=True,
)

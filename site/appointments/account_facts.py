"""What whoever confirms a change has to know of an account: who could sign in with it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from change_requests.kinds import ChangeRow


def account_rows(account: User | None) -> list[ChangeRow]:
    """Return who set the address and the password of the account last, and when."""
    if account is None:
        return []
    setters = User.objects.in_bulk(
        [pk for pk in (account.password_set_by, account.email_set_by) if pk]
    )
    email = _set_by(account, account.email_set_by, account.email_set_at, setters)
    password = _set_by(account, account.password_set_by, account.password_set_at, setters)
    if not account.has_usable_password():
        password = _("void until the owner has taken the account over")
    activated = _("not yet: link and code are printed after the confirmation")
    if account.activated_at:
        activated = _moment(account.activated_at)
    return [
        ChangeRow(_("account"), f"{account} ({account.get_username()})", ""),
        ChangeRow(_("e-mail address"), f"{account.email or '—'}, {email}", ""),
        ChangeRow(_("password"), password, ""),
        ChangeRow(_("taken over by its owner"), activated, ""),
        ChangeRow(_("account made"), _moment(account.date_joined), ""),
    ]


def _set_by(
    account: User, user_id: int | None, moment: datetime | None, setters: dict[int, User]
) -> str:
    if moment is None:
        return _("set when the account was made")
    if user_id == account.pk:
        who = _("the owner")
    elif user_id is None:
        who = _("a command on the server, or a reset letter")
    else:
        who = str(setters.get(user_id, user_id))
    return _("set by %(person)s, %(time)s") % {"person": who, "time": _moment(moment)}


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"

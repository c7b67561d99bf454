"""Notices about people: who begins to decide, and whose account came into another hand."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify
from publication.recipients import final_approvers, users_with_ids
from review import queue
from roles.models import REVIEWING_ROLES, Level, Role

Kind = Notice.Kind


@in_site_language
def role_change_recorded(entry: RecordEntry) -> None:
    """Notify people of their new role or deputyship, and of an account in another's hand."""
    if entry.kind == RecordEntry.Kind.DEPUTY:
        _deputy(entry)
    elif {"password", "email"} & entry.detail["after"].keys():
        _account_in_another_hand(entry)
    else:
        _member(entry)


def _member(entry: RecordEntry) -> None:
    role, joined = entry.detail.get("role"), entry.detail["after"].get("member")
    if joined and role in REVIEWING_ROLES:
        values = {"role": Role(role).label, "place": entry.detail["place"]}
        title = _("You decide now: %(role)s, %(place)s") % values
        _new_reviewer(entry, entry.detail["user_id"], title)


def _account_in_another_hand(entry: RecordEntry) -> None:
    """Notify the person and the final approvers that somebody else could sign in as that person."""
    user_ids = {entry.detail["user_id"]}
    if entry.district_key:
        user_ids |= set(final_approvers(entry.district_key).values_list("pk", flat=True))
    text = _("By %(person)s. If nobody asked for it, tell the committee.")
    notify(
        users_with_ids(user_ids),
        Kind.ACCOUNT,
        f"record:{entry.pk}",
        entry.title,
        text % {"person": entry.user_name},
        admin_url("audit_record"),
    )


def _deputy(entry: RecordEntry) -> None:
    after = entry.detail["after"]
    over = after and after["ends_on"] < str(timezone.localdate())
    if after and not over and not entry.detail["before"]:
        values = {"level": Level(after["level"]).label, "place": after["place"]}
        values |= {"from": after["starts_on"], "until": after["ends_on"]}
        title = _("You are deputy: %(level)s, %(place)s, %(from)s – %(until)s") % values
        _new_reviewer(entry, after["user_id"], title, always=True)


def _new_reviewer(entry: RecordEntry, user_id: int, title: str, always: bool = False) -> None:
    """Notify somebody of what waits already, of which no earlier notice came; or `always`."""
    users = users_with_ids([user_id])
    for user in users:
        count = queue.waiting_count(user)
        text = ngettext("%(number)d item waits for you.", "%(number)d items wait for you.", count)
        if count or always:
            notify(
                users,
                Kind.WAITING,
                f"record:{entry.pk}",
                title,
                text % {"number": count} if count else "",
                admin_url("review_queue"),
            )

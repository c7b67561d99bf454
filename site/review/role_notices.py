"""Messages about people: who begins to decide, and whose account came into another hand."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify
from publication.recipients import final_approvers, users_with_ids
from review import queue
from roles.models import DECIDING_ROLE, Level, Role

Kind = Notice.Kind


@in_site_language
def role_change_recorded(entry) -> None:
    """Tell people of their new role or deputyship, and of an account in another's hand."""
    if entry.kind == RecordEntry.Kind.DEPUTY:
        _deputy(entry)
    else:
        _member(entry)


def _member(entry) -> None:
    """Who begins to decide somewhere finds waiting what nobody told them of."""
    if {"password", "email"} & entry.detail["after"].keys():
        _account_in_another_hand(entry)
        return
    role, joined = entry.detail.get("role"), entry.detail["after"].get("member")
    if joined and role in map(str, DECIDING_ROLE.values()):
        said = {"role": Role(role).label, "place": entry.detail["place"]}
        _begins(entry, _("You decide now: %(role)s, %(place)s") % said)


def _account_in_another_hand(entry) -> None:
    """The person and the final approvers learn that somebody else could sign in as that person."""
    ids = {entry.detail["user_id"]}
    if entry.district_key:
        ids |= set(final_approvers(entry.district_key).values_list("pk", flat=True))
    words = _("By %(person)s. If nobody asked for it, tell the committee.")
    words, url = words % {"person": entry.user_name}, admin_url("audit_record")
    notify(users_with_ids(ids), Kind.ACCOUNT, f"record:{entry.pk}", entry.title, words, url)


def _deputy(entry) -> None:
    after = entry.detail["after"]
    over = after and after["ends_on"] < str(timezone.localdate())
    if after and not over and not entry.detail["before"]:
        title = _("You are deputy: %(level)s, %(place)s, %(from)s – %(until)s")
        said = {"level": Level(after["level"]).label, "place": after["place"]}
        said |= {"from": after["starts_on"], "until": after["ends_on"]}
        _begins(entry, title % said, always=True)


def _begins(entry, title: str, always: bool = False) -> None:
    told = users_with_ids([entry.detail.get("user_id") or entry.detail["after"]["user_id"]])
    for person in told:
        number = queue.waiting_count(person)
        text = ngettext("%(number)d item waits for you.", "%(number)d items wait for you.", number)
        if number or always:
            notify(
                told,
                Kind.WAITING,
                f"record:{entry.pk}",
                title,
                text % {"number": number} if number else "",
                admin_url("review_queue"),
            )

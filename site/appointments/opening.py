"""The first people of a district, from one file, once: from then on two people change roles."""

import hashlib
import tomllib
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.models import User
from appointments.activation import VALID_FOR, new_code, new_link
from appointments.models import Activation
from appointments.notices import notify_final_approvers
from audit import record
from audit.models import RecordEntry
from core.publishing.refusals import Refused
from roles.groups import role_group
from roles.models import APPOINTED_ROLES, Role
from roles.separation import ADMINISTRATOR, is_protected, separation_errors

Kind = RecordEntry.Kind
DECISIONS = (Kind.APPROVAL, Kind.RETURN, Kind.PUBLICATION)
# Role → (how many at least, in words).
REQUIRED = {
    ADMINISTRATOR: (2, gettext_lazy("at least two administrators")),
    str(Role.FINAL_APPROVER): (2, gettext_lazy("at least two final approvers")),
    str(Role.AUDITOR): (1, gettext_lazy("a security auditor")),
}
FIELDS = ("username", "last_name", "first_name", "email", "role")


class Slip(NamedTuple):
    """One person's half of an activation, to be printed."""

    name: str
    username: str
    half: str


@dataclass
class Slips:
    """The links and the codes: they go to two people, who hand them out."""

    links: list[Slip] = field(default_factory=list)
    codes: list[Slip] = field(default_factory=list)


def read_people(content: bytes) -> list[dict[str, str]]:
    """Return the people of an opening file. Raise Refused with every error in it."""
    try:
        tables = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused([_("The file is no TOML: %s") % error]) from None
    people = tables.get("people")
    if not isinstance(people, list) or not all(isinstance(each, dict) for each in people):
        raise Refused([_("The file needs a table [[people]] for each person.")])
    errors = [
        f"{number}. {error}"
        for number, person in enumerate(people, start=1)
        for error in _person_errors(person)
    ]
    names = [str(person.get("username")).casefold() for person in people]
    if len(set(names)) < len(names):
        errors.append(_("Each person has a user name and an account of their own."))
    for role, (number, label) in REQUIRED.items():
        if sum(person.get("role") == role for person in people) < number:
            errors.append(_("The file names %s.") % label)
    if errors:
        raise Refused(errors)
    return [{name: str(person.get(name, "")) for name in FIELDS} for person in people]


def _person_errors(person: dict[str, Any]) -> list[str]:
    if unknown := set(person) - set(FIELDS):
        return [_("unknown: %s") % ", ".join(sorted(unknown))]
    if any(not isinstance(value, str) or not value.isprintable() for value in person.values()):
        return [_("Each value is a text in one line.")]
    errors = []
    missing = [name for name in FIELDS if name != "email" and not person.get(name)]
    if missing:
        errors.append(_("missing: %s") % ", ".join(missing))
    district_roles = {str(role) for role in APPOINTED_ROLES if role != Role.SCHOOL_REVIEWER}
    if person.get("role") not in district_roles | {ADMINISTRATOR}:
        errors.append(_("role: one of %s") % ", ".join(sorted(district_roles | {ADMINISTRATOR})))
    return errors + account_errors(**{name: person.get(name, "") for name in FIELDS[:-1]})


def account_errors(**fields: str) -> list[str]:
    """Return why no account can have these fields."""
    try:
        User(**fields).clean_fields(exclude=["password"])
    except ValidationError as error:
        return [
            f"{name}: {message}" for name, texts in error.message_dict.items() for message in texts
        ]
    return []


@transaction.atomic
def open_district(home: Page, content: bytes) -> Slips:
    """Make the accounts of an opening file and give them their roles; return what is printed.

    Raises:
        Refused: an error in the file, a district that was opened, or a decision on the record.
    """
    people = read_people(content)
    key: UUID = home.translation_key
    if errors := _opening_errors(key, people):
        raise Refused(errors)
    record.append_without_content(
        Kind.OPENING,
        _("The district was opened with %(number)d people") % {"number": len(people)},
        district_key=key,
        detail={
            "file": hashlib.sha256(content).hexdigest(),
            "people": [{"username": each["username"], "role": each["role"]} for each in people],
        },
    )
    slips = Slips()
    for person in people:
        account = _make_account(person, home)
        _add_slips(slips, account)
    return slips


def _opening_errors(key: UUID, people: list[dict[str, str]]) -> list[str]:
    entries = RecordEntry.objects.filter(district_key=key)
    if entries.filter(kind=Kind.OPENING).exists():
        return [_("This district was opened already: from now on two people change roles.")]
    if entries.filter(kind__in=DECISIONS).exists():
        return [_("Decisions are on the record of this district: two people change roles.")]
    names = [person["username"] for person in people]
    taken = User.objects.filter(username__in=names)
    return [
        _("There is an account “%s” that has a role already.") % account.username
        for account in taken
        if is_protected(account) or account.groups.exists()
    ]


def _make_account(person: dict[str, str], home: Page) -> User:
    account, _created = User.objects.get_or_create(username=person["username"])
    for name in ("last_name", "first_name", "email"):
        setattr(account, name, person[name])
    account.is_active = True
    account.is_superuser = person["role"] == ADMINISTRATOR
    account.set_unusable_password()
    account.save()
    if person["role"] != ADMINISTRATOR:
        account.groups.add(role_group(person["role"], home))
    return account


def _add_slips(slips: Slips, account: User) -> None:
    account.activations.open().update(expires_at=timezone.now())
    activation = Activation.objects.create(
        user=account, change_request_id=0, expires_at=timezone.now() + VALID_FOR
    )
    name, username = str(account), account.get_username()
    slips.links.append(Slip(name, username, new_link(activation)))
    slips.codes.append(Slip(name, username, new_code(activation)))


@transaction.atomic
def appoint_on_server(username: str, reason: str) -> Slips:
    """Make `username` an administrator without a second person; all final approvers are told.

    Raises:
        Refused: no reason, or an account that decides or audits.
    """
    if not reason.strip():
        raise Refused([_("Say why it should change.")])
    if errors := account_errors(username=username):
        raise Refused(errors)
    account, _created = User.objects.get_or_create(username=username)
    if errors := separation_errors(account, ADMINISTRATOR):
        raise Refused(errors)
    account.is_active = account.is_superuser = True
    account.set_unusable_password()
    account.save()
    entry = record.append_without_content(
        Kind.MEMBER,
        _("%(person)s was made administrator on the server") % {"person": account},
        opinion=reason,
        detail={
            "user_id": account.pk,
            "user": str(account),
            "before": {},
            "after": {"is_superuser": True},
        },
    )
    notify_final_approvers(entry)
    slips = Slips()
    _add_slips(slips, account)
    return slips

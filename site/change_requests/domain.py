"""Changes by two people: one proposes, another of the committee confirms; both on the record.

A kind of change registers what it does. What readers see of it changes in `confirm` alone, inside
`core.publishing.contexts.confirmed_change()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import record
from audit.models import RecordEntry
from change_requests import notices
from change_requests.models import ChangeRequest
from core.publishing.contexts import confirmed_change
from core.publishing.refusals import Refused
from roles import reviewers
from roles.models import DECIDING_ROLE, Level
from roles.role_queries import scope_keys_held_by

COMMITTEE = (Level.SECTION, Level.FINAL)


@dataclass(frozen=True)
class ChangeKind:
    """A kind of change.

    `check(payload)` returns reasons against it as things stand now; `apply(payload)` carries it
    out. `levels` name whose reviewers in the district may confirm it. `words(payload)` tells it
    in rows of (what, as it stands, as it would be).
    """

    name: str
    label: str
    apply: Callable[[dict], None]
    check: Callable[[dict], list[str]] = lambda payload: []
    levels: tuple[str, ...] = (Level.FINAL,)
    words: Callable[[dict], list[tuple]] = lambda payload: []


_kinds: dict[str, ChangeKind] = {}


def register(kind: ChangeKind) -> ChangeKind:
    """Make a kind of change known, once, at start."""
    _kinds[kind.name] = kind
    return kind


def change_kind_of(proposal: ChangeRequest) -> ChangeKind:
    """What the proposal would do."""
    return _kinds[proposal.kind]


def change_rows(proposal: ChangeRequest) -> list[tuple]:
    """The change in rows of (what, as it stands, as it would be)."""
    kind = _kinds.get(proposal.kind)
    return kind.words(proposal.payload) if kind else []


def as_rows(words) -> list[list[str]]:
    """Rows of (what, before, after) as the record keeps them."""
    return [["" if cell is None else str(cell) for cell in row] for row in words]


def kind_label_of(proposal: ChangeRequest) -> str:
    """The kind of change in words."""
    kind = _kinds.get(proposal.kind)
    return str(kind.label) if kind else proposal.kind


@transaction.atomic
def propose(
    kind: str, *, user, title: str, payload: dict, reason: str, district_key
) -> ChangeRequest:
    """Propose a change; nothing changes yet.

    Raises:
        Refused: it cannot be carried out as things stand, or no reason was given.
    """
    reasons = _kinds[kind].check(payload)
    if not reason.strip():
        reasons = [*reasons, _("Say why it should change.")]
    if reasons:
        raise Refused(reasons)
    proposal = ChangeRequest.objects.create(
        kind=kind,
        title=title[:255],
        payload=payload,
        reason=reason,
        proposed_by=user,
        district_key=district_key,
    )
    _write(proposal, user, reason)
    notices.proposed(proposal, confirmers(proposal))
    return proposal


def confirmers(proposal: ChangeRequest):
    """The people who may confirm or refuse it: the committee's, without who proposed it."""
    found = reviewers.reviewers_at([proposal.district_key], Level.FINAL).none()
    for level in change_kind_of(proposal).levels:
        found = found | reviewers.reviewers_at([proposal.district_key], level)
    return found.exclude(pk=proposal.proposed_by_id).distinct()


def confirmable_by(user):
    """The pending changes on which `user` may decide; one query."""
    waiting = ChangeRequest.objects.filter(status=ChangeRequest.Status.PENDING)
    mine = Q(pk__in=[])
    for level in Level.values if user.is_active else ():
        kinds = [kind.name for kind in _kinds.values() if level in kind.levels]
        mine |= Q(kind__in=kinds) & _held(user, [level])
    return waiting.filter(mine).exclude(proposed_by=user)


def visible_to(user):
    """The changes that `user` may read: superusers all, the committee its district's, and own."""
    if user.is_superuser:
        return ChangeRequest.objects.all()
    return ChangeRequest.objects.filter(_held(user, COMMITTEE) | Q(proposed_by=user))


def committee_keys(user) -> set:
    """The districts for whose committee `user` reviews, deputies included."""
    return scope_keys_held_by(user, *(DECIDING_ROLE[level] for level in COMMITTEE))


def in_committee(user) -> bool:
    """Whether `user` reviews for the committee anywhere, or administrates the whole; one query."""
    return user.is_superuser or bool(committee_keys(user))


def _held(user, levels) -> Q:
    """Changes of the districts where `user` holds one of these levels, deputies included."""
    roles = (DECIDING_ROLE[Level(level)] for level in levels)
    return Q(district_key__in=scope_keys_held_by(user, *roles))


def confirm(proposal: ChangeRequest, user, opinion: str = "") -> None:
    """Carry the change out. Raises Refused: not this person, not now, not as things stand."""
    _decide(proposal, user, ChangeRequest.Status.CONFIRMED, opinion)


def refuse(proposal: ChangeRequest, user, opinion: str) -> None:
    """Refuse the change, with an opinion. Raises Refused."""
    _decide(proposal, user, ChangeRequest.Status.REFUSED, opinion)


@transaction.atomic
def _decide(proposal, user, status, opinion):
    proposal = ChangeRequest.objects.select_for_update().get(pk=proposal.pk)
    reasons = []
    if proposal.status != ChangeRequest.Status.PENDING:
        reasons = [_("This change has been decided meanwhile.")]
    elif not confirmers(proposal).filter(pk=user.pk).exists():
        reasons = [_("Another person of the committee has to decide on this change.")]
    elif status == ChangeRequest.Status.REFUSED and not opinion.strip():
        reasons = [_("Say why it should not change.")]
    elif status == ChangeRequest.Status.CONFIRMED:
        reasons = change_kind_of(proposal).check(proposal.payload)
    if reasons:
        raise Refused(reasons)
    _end(proposal, user, status, opinion)
    if status == ChangeRequest.Status.CONFIRMED:
        with confirmed_change():
            change_kind_of(proposal).apply(proposal.payload)


@transaction.atomic
def take_back(proposal: ChangeRequest, user) -> None:
    """Its proposer takes it back. Raises Refused."""
    proposal = ChangeRequest.objects.select_for_update().get(pk=proposal.pk)
    if proposal.status != ChangeRequest.Status.PENDING or proposal.proposed_by_id != user.pk:
        raise Refused([_("This change has been decided meanwhile.")])
    _end(proposal, user, ChangeRequest.Status.TAKEN_BACK, "")


def _end(proposal, user, status, opinion):
    proposal.status, proposal.opinion = status, opinion
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.save()
    notices.decided(proposal, _write(proposal, user, opinion))


def _write(proposal, user, opinion) -> RecordEntry:
    return record.append_change(
        RecordEntry.Kind.CHANGE,
        proposal.title,
        user=user,
        district_key=proposal.district_key,
        opinion=opinion,
        detail={
            "proposal": proposal.pk,
            "kind": proposal.kind,
            "status": str(proposal.status),
            "payload": proposal.payload,
            # Keys in the payload say nothing once the page they name is gone.
            "words": as_rows(change_rows(proposal)),
        },
    )

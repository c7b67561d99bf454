"""Request, confirm, refuse and take back a change that needs two people; all of it on the record.

What readers see changes in `confirm` alone, inside
`core.publishing.contexts.confirmed_change()`.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from change_requests import kinds, notices, permissions
from change_requests.models import ChangeRequest
from core.publishing.contexts import confirmed_change
from core.publishing.refusals import Refused

Status = ChangeRequest.Status


@transaction.atomic
def request_change(
    kind: str,
    *,
    user: User,
    title: str,
    payload: kinds.Payload,
    reason: str,
    district_key: UUID | None,
) -> ChangeRequest:
    """Request a change and notify those who may confirm it; nothing changes yet.

    Raises:
        Refused: it cannot be carried out as things stand, or no reason was given.
    """
    _raise_any(request_errors(kind, payload, reason))
    change_request = ChangeRequest.objects.create(
        kind=kind,
        title=title[:255],
        payload=payload,
        reason=reason,
        proposed_by=user,
        district_key=district_key,
        subject_id=kinds.get_kind(kind).subject_id(payload),
    )
    _record(change_request, user, reason)
    notices.notify_requested(change_request, permissions.confirmers_of(change_request))
    return change_request


@transaction.atomic
def confirm(change_request: ChangeRequest, user: User, opinion: str = "") -> list[str]:
    """Carry the change out; return what the confirmer has to know of what followed.

    Raises:
        Refused: not by this person, not any more, or not as things stand now.
    """
    change_request = _locked(change_request)
    kind = kinds.get_kind(change_request.kind)
    _raise_any(
        decision_errors(change_request, user)
        or record_errors(change_request)
        or kind.errors(change_request.payload)
    )
    _close(change_request, user, Status.CONFIRMED, opinion)
    with confirmed_change():
        kind.apply(change_request.payload)
        return kind.confirmed(change_request)


@transaction.atomic
def refuse(change_request: ChangeRequest, user: User, opinion: str) -> None:
    """Close the request without a change.

    Raises:
        Refused: not by this person, not any more, or not without an opinion.
    """
    change_request = _locked(change_request)
    errors = decision_errors(change_request, user)
    if not errors and not opinion.strip():
        errors = [_("Say why it should not change.")]
    _raise_any(errors)
    _close(change_request, user, Status.REFUSED, opinion)


@transaction.atomic
def take_back(change_request: ChangeRequest, user: User) -> None:
    """Close one's own request. Raise Refused for anybody else, and after a decision."""
    change_request = _locked(change_request)
    if not permissions.may_take_back(user, change_request):
        raise Refused([_("This change has been decided meanwhile.")])
    _close(change_request, user, Status.TAKEN_BACK, "")


def request_errors(kind: str, payload: kinds.Payload, reason: str) -> list[str]:
    """Return why such a change cannot be requested now."""
    errors = kinds.get_kind(kind).errors(payload)
    return errors if reason.strip() else [*errors, _("Say why it should change.")]


def decision_errors(change_request: ChangeRequest, user: User) -> list[str]:
    """Return why `user` may not decide on this change now."""
    if not change_request.is_pending:
        return [_("This change has been decided meanwhile.")]
    if not permissions.confirmers_of(change_request).filter(pk=user.pk).exists():
        return [_("Another person has to decide on this change.")]
    return []


def record_errors(change_request: ChangeRequest) -> list[str]:
    """Return an error if the request is not the one on the record, or its proposer is gone."""
    entries = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.CHANGE, detail__proposal=change_request.pk
    )
    first = entries.order_by("pk").first()
    if (
        first is None
        or first.user_id != change_request.proposed_by_id
        or first.detail["kind"] != change_request.kind
        or first.detail["payload"] != change_request.payload
    ):
        return [_("This change is not the one on the record.")]
    if not change_request.proposed_by.is_active:
        return [_("Whoever proposed it has no account any more. Propose it again.")]
    return []


def _raise_any(errors: list[str]) -> None:
    """Raise Refused if there is any error."""
    if errors:
        raise Refused(errors)


def _locked(change_request: ChangeRequest) -> ChangeRequest:
    """Return the row as it stands now, locked until the transaction ends, and its subject's.

    Two changes about one account come one after the other, each seeing the one before.
    """
    list(User.objects.select_for_update().filter(pk=change_request.subject_id or 0))
    return ChangeRequest.objects.select_for_update().get(pk=change_request.pk)


def _close(change_request: ChangeRequest, user: User, status: str, opinion: str) -> None:
    change_request.status, change_request.opinion = status, opinion
    change_request.decided_by, change_request.decided_at = user, timezone.now()
    change_request.save()
    notices.notify_decided(change_request, _record(change_request, user, opinion))


def _record(change_request: ChangeRequest, user: User, opinion: str) -> RecordEntry:
    return record.append_without_content(
        RecordEntry.Kind.CHANGE,
        change_request.title,
        user=user,
        district_key=change_request.district_key,
        opinion=opinion,
        # The keys are hashed into the record: they keep their names.
        detail={
            "proposal": change_request.pk,
            "kind": change_request.kind,
            "status": str(change_request.status),
            "payload": change_request.payload,
            # Ids in the payload say nothing once the page they name is deleted.
            "words": [
                ["" if cell is None else str(cell) for cell in row]
                for row in change_request.comparison_rows
            ],
        },
    )

"""Writing to and asking the record."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from accounts.models import User
from audit.content_digest import canonical_text, digest_of
from audit.hash_chain import hash_of, to_milliseconds
from audit.models import RecordedContent, RecordEntry, RecordHead
from roles.role_queries import role_label
from roles.scopes import district_key_of
from schools.models import school_of

Kind = RecordEntry.Kind
WENT_PUBLIC = (Kind.INITIAL_PUBLICATION, Kind.PUBLICATION)
TAKEN_DOWN = (Kind.WITHDRAWAL, Kind.EXPIRY)
# What voids the approvals before it: afterwards every level decides again.
VOIDS_APPROVALS = (Kind.RETURN, Kind.CORRECTION)
DECISIONS = (Kind.APPROVAL, Kind.RETURN)


def append(
    kind: str, page: Page, revision: Revision, *, user: User | None = None, **fields: Any
) -> RecordEntry:
    """Append one entry about `revision` of `page`; `fields` are fields of RecordEntry.

    The content itself is kept once per digest.
    """
    text = canonical_text(page, revision)
    digest = digest_of(text)
    school = school_of(page)
    with transaction.atomic():
        if not RecordedContent.objects.filter(pk=digest).exists():
            RecordedContent(digest=digest, text=text).save()
        return _append(
            kind=kind,
            page_id=page.pk,
            page_path=page.url_path,
            title=page.get_admin_display_title(),
            content_kind=str(page.specific_class.get_verbose_name()),
            school=school.title if school else "",
            revision_id=revision.pk,
            digest=digest,
            district_key=district_key_of(page),
            user=user,
            user_role=role_label(user, page, fields.get("level", "")),
            **fields,
        )


def append_without_content(
    kind: str,
    title: str,
    *,
    user: User | None = None,
    district_key: UUID | None = None,
    **fields: Any,
) -> RecordEntry:
    """Append one entry that proves no content: of a rule, a role, a site, a check, an expiry."""
    title = title[:255]
    with transaction.atomic():
        return _append(kind=kind, title=title, user=user, district_key=district_key, **fields)


def _append(*, user: User | None, **fields: Any) -> RecordEntry:
    """One writer at a time: the head's row is locked until the caller's transaction ends."""
    RecordHead.objects.get_or_create(pk=1)
    head = RecordHead.objects.select_for_update().get(pk=1)
    entry = RecordEntry(
        previous=head.hash,
        at=to_milliseconds(timezone.now()),
        user_id=user.pk if user else None,
        user_name=str(user) if user else "",
        **fields,
    )
    # As the database will give it back, so that the hash can be computed again.
    entry.kind, entry.level = str(entry.kind), str(entry.level)
    entry.hash = hash_of(entry)
    entry.save()
    head.hash, head.length = entry.hash, head.length + 1
    head.save()
    return entry


def approvals(workflow_state: WorkflowState, digest: str) -> dict[str, int]:
    """Return level → id of who approved this content in this submission, and is not voided."""
    entries = RecordEntry.objects.filter(
        workflow_state_id=workflow_state.pk, kind__in=[*VOIDS_APPROVALS, Kind.APPROVAL]
    )
    return {
        level: entry.user_id
        for level, entry in valid_approvals(entries, digest).items()
        if entry.user_id is not None
    }


def valid_approvals(entries: Iterable[RecordEntry], digest: str) -> dict[str, RecordEntry]:
    """Return level → the approval of this content that counts.

    `entries` are those of one submission, oldest first; a return or a correction voids what came
    before it.
    """
    approval_of: dict[str, RecordEntry] = {}
    for entry in entries:
        if entry.kind in VOIDS_APPROVALS:
            approval_of = {}
        elif entry.kind == Kind.APPROVAL and entry.digest == digest:
            approval_of[entry.level] = entry
    return approval_of


def head_hash() -> str:
    """Return the hash of the last entry, to be printed where nobody can change it."""
    return RecordHead.objects.get_or_create(pk=1)[0].hash

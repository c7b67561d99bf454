"""Writing to and asking the record."""

from django.db import transaction
from django.utils import timezone

from audit.content_digest import canonical_text, digest_of
from audit.hash_chain import hash_of, to_milliseconds
from audit.models import RecordedContent, RecordEntry, RecordHead
from roles.role_queries import role_label
from roles.scopes import district_key_of
from schools.models import school_of

WENT_PUBLIC = [RecordEntry.Kind.INITIAL_PUBLICATION, RecordEntry.Kind.PUBLICATION]
# What voids the approvals before it: afterwards every level decides again.
FRESH_STARTS = [RecordEntry.Kind.RETURN, RecordEntry.Kind.CORRECTION]


def append(kind, page, revision, *, user=None, **details) -> RecordEntry:
    """Append one entry about `revision` of `page`; `details` are fields of RecordEntry.

    The content itself is kept once per digest.
    """
    text = canonical_text(page, revision)
    digest = digest_of(text)
    school = school_of(page)
    with transaction.atomic():
        if not RecordedContent.objects.filter(pk=digest).exists():
            RecordedContent(digest=digest, text=text).save()
        return _write(
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
            user_role=role_label(user, page, details.get("level", "")),
            **details,
        )


def append_change(kind, title: str, *, user=None, district_key=None, **details) -> RecordEntry:
    """Append one entry about no page: a rule, a person's role, a site."""
    with transaction.atomic():
        return _write(kind=kind, title=title[:255], user=user, district_key=district_key, **details)


def _write(*, user, **said) -> RecordEntry:
    """One writer at a time: the head's row is locked until the caller's transaction ends."""
    RecordHead.objects.get_or_create(pk=1)
    head = RecordHead.objects.select_for_update().get(pk=1)
    entry = RecordEntry(
        previous=head.hash,
        at=to_milliseconds(timezone.now()),
        user_id=user.pk if user else None,
        user_name=str(user) if user else "",
        **said,
    )
    # As the database will give it back, so that the hash can be computed again.
    entry.kind, entry.level = str(entry.kind), str(entry.level)
    entry.hash = hash_of(entry)
    entry.save()
    head.hash, head.length = entry.hash, head.length + 1
    head.save()
    return entry


def approvals(workflow_state, digest: str) -> dict[str, int]:
    """Level → id of who approved this content in this submission, since it last began anew."""
    entries = RecordEntry.objects.filter(
        workflow_state_id=workflow_state.pk, kind__in=[*FRESH_STARTS, RecordEntry.Kind.APPROVAL]
    )
    return {level: entry.user_id for level, entry in counting_approvals(entries, digest).items()}


def counting_approvals(entries, digest: str) -> dict[str, RecordEntry]:
    """Level → the approval of this content that counts; `entries` of one submission, in order."""
    found: dict[str, RecordEntry] = {}
    for entry in entries:
        if entry.kind in FRESH_STARTS:
            found = {}
        elif entry.kind == RecordEntry.Kind.APPROVAL and entry.digest == digest:
            found[entry.level] = entry
    return found


def head_hash() -> str:
    """The hash of the last entry, to be printed where the database's owner cannot change it."""
    return RecordHead.objects.get_or_create(pk=1)[0].hash

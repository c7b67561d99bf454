"""Writing to and asking the record."""

from django.db.models import Max

from moderation.digest import content_digest
from moderation.models.record import RecordEntry


def append(kind, page, revision, *, user=None, **details) -> RecordEntry:
    """Append one entry about `revision` of `page`; `details` are fields of RecordEntry."""
    details.setdefault("digest", content_digest(page, revision))
    return RecordEntry.objects.create(
        kind=kind,
        page_id=page.pk,
        page_path=page.url_path,
        title=page.get_admin_display_title(),
        revision_id=revision.pk,
        user_id=user.pk if user else None,
        user_name=str(user) if user else "",
        **details,
    )


def approvals(workflow_state, digest: str) -> dict[str, int]:
    """Level → id of who approved this content in this submission, since it was last returned."""
    entries = RecordEntry.objects.filter(workflow_state_id=workflow_state.pk)
    returned = entries.filter(kind=RecordEntry.Kind.RETURN).aggregate(last=Max("pk"))["last"] or 0
    valid = entries.filter(kind=RecordEntry.Kind.APPROVAL, digest=digest, pk__gt=returned)
    return dict(valid.values_list("level", "user_id"))

"""Whose words and files a published text holds: computed from revisions, files and the record.

On purpose not by the gate's own functions, nor from the list that the gate wrote down: what they
left out would be left out here as well.
"""

import json
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, PageLogEntry, Revision

from audit.content_digest import digest_of
from audit.models import RecordedContent, RecordEntry
from audit.record import TAKEN_DOWN, WENT_PUBLIC
from core.media.file_authors import FileAuthor, form_of
from core.models import Document, Image

Kind = RecordEntry.Kind
FILE_MODELS = {"image": Image, "document": Document}


def author_ids_of(publication: RecordEntry, entries: Collection[RecordEntry]) -> set[int]:
    """Return who saved, brought back, suggested or uploaded any of what `publication` made public.

    `entries` are all of its page, oldest first.
    """
    approved = approval_moment(publication, entries)
    since_id = _revision_before(approved, entries)
    return (
        _writers(approved, since_id)
        | _reverted_writers(approved, since_id, entries)
        | _suggesters(approved, entries)
        | _recorded_authors(approved, entries)
        | _file_authors(approved)
    )


def approval_moment(publication: RecordEntry, entries: Iterable[RecordEntry]) -> RecordEntry:
    """Return the schedule that `publication` carried out, else the publication itself."""
    schedules = [
        entry
        for entry in entries
        if entry.kind == Kind.SCHEDULE
        and entry.workflow_state_id == publication.workflow_state_id
        and entry.pk < publication.pk
    ]
    return schedules[-1] if schedules else publication


def _revision_before(publication: RecordEntry, entries: Iterable[RecordEntry]) -> int:
    """Return the id of the revision that was public before; 0 if none was."""
    turns = [
        entry
        for entry in entries
        if entry.kind in WENT_PUBLIC + TAKEN_DOWN and entry.pk < publication.pk
    ]
    if not turns or turns[-1].kind in TAKEN_DOWN:
        return 0
    return turns[-1].revision_id or 0


def _revisions(publication: RecordEntry) -> QuerySet[Revision]:
    page_type = ContentType.objects.get_for_model(Page)
    revisions: QuerySet[Revision] = Revision.objects.filter(
        base_content_type=page_type, object_id=str(publication.page_id)
    )
    return revisions.exclude(user=None)


def _writers(publication: RecordEntry, since_id: int) -> set[int]:
    revisions = _revisions(publication).filter(pk__gt=since_id, pk__lte=publication.revision_id)
    return set(revisions.values_list("user_id", flat=True))


def _reverted_writers(
    publication: RecordEntry, since_id: int, entries: Iterable[RecordEntry]
) -> set[int]:
    """Return who wrote the older versions that were brought back, as far as they never passed."""
    reverts = PageLogEntry.objects.filter(
        page_id=publication.page_id,
        action="wagtail.revert",
        revision_id__gt=since_id,
        revision_id__lte=publication.revision_id,
    )
    passed = [entry.revision_id or 0 for entry in entries if entry.kind in WENT_PUBLIC]
    writers: set[int] = set()
    for data in reverts.values_list("data", flat=True):
        target = data["revision"]["id"]
        before = max((pk for pk in passed if pk < target), default=0)
        revisions = _revisions(publication).filter(pk__gt=before, pk__lte=target)
        writers |= set(revisions.values_list("user_id", flat=True))
    return writers


def _suggesters(publication: RecordEntry, entries: Iterable[RecordEntry]) -> set[int]:
    """Return whose suggestions were taken over since the page last went public."""
    suggesters: set[int] = set()
    for entry in entries:
        if entry.pk >= publication.pk:
            break
        if entry.kind in WENT_PUBLIC:
            suggesters = set()
        suggesters |= set(entry.detail.get("suggested_by", []))
    return suggesters


def _recorded_authors(publication: RecordEntry, entries: Iterable[RecordEntry]) -> set[int]:
    """Return who the entries of this submission name: who corrected, and the authors of then."""
    authors: set[int] = set()
    for entry in entries:
        if entry.workflow_state_id == publication.workflow_state_id and entry.pk < publication.pk:
            authors |= set(entry.detail.get("authors", []))
            if entry.kind == Kind.CORRECTION and entry.user_id:
                authors.add(entry.user_id)
    return authors


def _file_authors(publication: RecordEntry) -> set[int]:
    """Return who made the files of the recorded content that had not been public before."""
    authors: set[int] = set()
    for line in _media_lines(publication.digest):
        name, key, _rest = line.split(" ", 2)
        rows = FileAuthor.objects.filter(
            content_type=ContentType.objects.get_for_model(FILE_MODELS[name]),
            object_id=key,
            at__lte=publication.at,
        )
        earlier = [row for row in rows if row.public_at and row.public_at < publication.at]
        if form_of(line) not in {row.form for row in earlier}:
            authors |= {row.user_id for row in rows if row not in earlier}
    return authors


def _media_lines(digest: str) -> list[str]:
    """Return the lines of the files in a recorded content; none if it was erased or exchanged."""
    content = RecordedContent.objects.filter(pk=digest).first()
    if content is None or digest_of(content.text) != digest:
        return []
    lines: list[str] = json.loads(content.text)["media"]
    return lines

"""Proving the record: the chain is whole, and every public page has its approvals or its founding.

Asks only the record and what is public now; can be run at any time. A chain kept in a database
proves nothing against its owner: compare the heads that are printed on paper (`knows_head`).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.utils.file import hash_filelike

from audit.content_digest import canonical_text, digest_of
from audit.hash_chain import GENESIS, hash_of
from audit.models import RecordedContent, RecordEntry, RecordHead
from audit.record import WENT_PUBLIC, counting_approvals
from core.publishing.content import BOOKKEEPING, same_value
from core.tree import below_root

CHUNK = 500
Kind = RecordEntry.Kind
CAME_DOWN = [Kind.WITHDRAWAL, Kind.EXPIRY]
# Entries of an installation from before there was a chain; their content was not kept.
UNCHAINED = {"from": "before the chain"}
# What the clock writes into a public page without anybody deciding.
BY_THE_CLOCK = {"go_live_at", "expire_at", "expired"}


class Problem(NamedTuple):
    """Something that must not be; `entry_id` and `page_id` where it concerns one."""

    words: str
    entry_id: int | None = None
    page_id: int | None = None

    def __str__(self) -> str:
        return self.words


def find_problems(progress: Callable[[str], None] = lambda words: None) -> Iterator[Problem]:
    """Everything wrong with the record and with what is public, the first broken link first."""
    yield from chain_problems()
    progress(_("The chain was read."))
    yield from content_problems()
    progress(_("The contents were read."))
    yield from public_problems(progress)
    yield from file_problems()
    progress(_("The files were read."))


def chain_problems() -> Iterator[Problem]:
    """Entries that were changed, taken out or put in between."""
    previous, length = GENESIS, 0
    for entry in RecordEntry.objects.order_by("pk").iterator(CHUNK):
        length += 1
        if entry.previous != previous:
            words = _("Entry %(id)s does not follow the one before it: something was taken out.")
            yield Problem(words % {"id": entry.pk}, entry.pk)
        if entry.hash != hash_of(entry):
            words = _("Entry %(id)s was changed after it was written.")
            yield Problem(words % {"id": entry.pk}, entry.pk)
        previous = entry.hash
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    if (head.hash, head.length) != (previous, length):
        words = _("The record ends otherwise than its head says (%(length)s entries).")
        yield Problem(words % {"length": head.length})


def content_problems() -> Iterator[Problem]:
    """Contents that were exchanged, and entries whose content is missing."""
    for content in RecordedContent.objects.iterator(CHUNK):
        if digest_of(content.text) != content.digest:
            words = _("The recorded content %(digest)s was changed.")
            yield Problem(words % {"digest": content.digest[:12]})
    # Not NOT IN: PostgreSQL cannot hash that beyond its work_mem, and would try each pair.
    kept = RecordedContent.objects.filter(digest=OuterRef("digest"))
    missing = RecordEntry.objects.exclude(digest="").filter(~Exists(kept))
    for entry in missing.iterator(CHUNK):
        if entry.detail != UNCHAINED:
            words = _("The content of entry %(id)s is missing.")
            yield Problem(words % {"id": entry.pk}, entry.pk)


def public_problems(progress: Callable[[str], None]) -> Iterator[Problem]:
    """Public pages that have neither their approvals nor their founding, or another text."""
    keys = list(
        Page.objects.live().filter(below_root()).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        entries = _entries_of(chunk)
        pages = Page.objects.filter(pk__in=chunk).specific()
        revisions = Revision.objects.in_bulk([page.live_revision_id for page in pages])
        for page in pages:
            reason = _against(page, revisions.get(page.live_revision_id), entries[page.pk])
            if reason:
                words = f"{page.url_path}: {reason}"
                yield Problem(words, page_id=page.pk)
        progress(f"{min(start + CHUNK, len(keys))}/{len(keys)}")


def file_problems() -> Iterator[Problem]:
    """Files whose bytes on the disk are not those that were uploaded, or are missing."""
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.exclude(file_hash="").iterator(CHUNK):
            if reason := file_problem(file):
                yield Problem(f"{model._meta.verbose_name} {file.pk}: {reason}")


def file_problem(file) -> str:
    """Why the bytes behind an image or document are not those that were reviewed, or empty."""
    try:
        with file.file.storage.open(file.file.name) as stored:
            found = hash_filelike(stored)
    except OSError:
        return _("the file is missing")
    return "" if found == file.file_hash else _("the file was exchanged on the disk")


def _entries_of(keys) -> dict[int, list[RecordEntry]]:
    found: dict[int, list[RecordEntry]] = {key: [] for key in keys}
    for entry in RecordEntry.objects.filter(page_id__in=keys).order_by("pk"):
        found[entry.page_id].append(entry)
    return found


def _against(page, revision, entries) -> str:
    """Why this page may not be public as it is, in words; empty if all is well."""
    if revision is None:
        return _("public without a version that was decided on")
    decided = revision.as_object()
    if _shows_another_text(page, decided):
        return _("the public text is not the one of its version")
    turns = [entry for entry in entries if entry.kind in WENT_PUBLIC + CAME_DOWN]
    last = turns[-1] if turns else None
    if last is None or last.kind in CAME_DOWN or last.revision_id != revision.pk:
        return _("no entry says how it became public")
    if last.digest != digest_of(canonical_text(page, revision, decided)):
        return _("text, place or files are not those that were decided on")
    if last.kind == Kind.FOUNDING:
        return ""
    return _against_approvals(last, entries)


def _against_approvals(publication, entries) -> str:
    """Whether each level in force approved exactly this, by different people, in one submission."""
    submission = [
        entry
        for entry in entries
        if entry.workflow_state_id == publication.workflow_state_id and entry.pk < publication.pk
    ]
    counts = counting_approvals(submission, publication.digest)
    approved = {level: entry.user_id for level, entry in counts.items()}
    people = [approved.get(level) for level in publication.levels]
    if len(people) < 2 or None in people:
        return _("a level in force has not approved it")
    if len(set(people)) < len(people):
        return _("one person approved it at two levels")
    writers = publication.detail.get("authors", [])
    if set(writers) & set(people):
        return _("an author approved it")
    return ""


def _shows_another_text(page, decided) -> bool:
    """Whether the rows that readers see differ from the version that was decided on."""
    shown, decided = page.serializable_data(), decided.serializable_data()
    skipped = BOOKKEEPING | BY_THE_CLOCK
    names = [name for name in shown if name not in skipped]
    return not all(same_value(shown[name], decided[name]) for name in names)


def knows_head(head: str) -> bool:
    """Whether a hash that was printed as the head at some time is one of the chain's."""
    return head == GENESIS or RecordEntry.objects.filter(hash=head).exists()

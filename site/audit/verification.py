"""Proving the record: the chain is whole, and all that is public is what the record says.

Each public page needs its approvals or its initial publication. Asks only the record and what is
public now; can be run at any time. A chain kept in a database proves nothing against its owner:
compare the heads that are printed on paper (`is_known_head`).
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.utils.file import hash_filelike

from audit.content_digest import canonical_text, digest_of
from audit.hash_chain import GENESIS, hash_of
from audit.models import RecordedContent, RecordEntry, RecordHead
from audit.record import TAKEN_DOWN, WENT_PUBLIC, valid_approvals
from core.publishing.content import BOOKKEEPING, same_value
from core.tree import below_root

CHUNK = 500
Kind = RecordEntry.Kind
# Entries of an installation from before there was a chain; their content was not kept.
UNCHAINED = {"from": "before the chain"}
# What a schedule writes into a public page without anybody deciding.
SCHEDULE_FIELDS = {"go_live_at", "expire_at", "expired"}


class Problem(NamedTuple):
    """Something that must not be; `entry_id` and `page_id` where it concerns one."""

    message: str
    entry_id: int | None = None
    page_id: int | None = None

    def __str__(self) -> str:
        return self.message


def _ignore(message: str) -> None:
    """Report progress to nobody."""


def find_problems(progress: Callable[[str], None] = _ignore) -> Iterator[Problem]:
    """Yield all that is wrong with the record and what is public, the first broken link first.

    `progress` is called with a sentence after each part.
    """
    yield from chain_problems()
    progress(_("The hash chain was verified."))
    yield from content_problems()
    progress(_("The contents were read."))
    yield from public_problems(progress)
    yield from file_problems()
    progress(_("The files were read."))


def chain_problems() -> Iterator[Problem]:
    """Yield entries that were changed, taken out or put in between."""
    previous, length = GENESIS, 0
    for entry in RecordEntry.objects.order_by("pk").iterator(CHUNK):
        length += 1
        if entry.previous != previous:
            message = _("Entry %(id)s does not follow the one before it: something was taken out.")
            yield Problem(message % {"id": entry.pk}, entry.pk)
        if entry.hash != hash_of(entry):
            message = _("Entry %(id)s was changed after it was written.")
            yield Problem(message % {"id": entry.pk}, entry.pk)
        previous = entry.hash
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    if (head.hash, head.length) != (previous, length):
        message = _("The record ends otherwise than its head says (%(length)s entries).")
        yield Problem(message % {"length": head.length})


def content_problems() -> Iterator[Problem]:
    """Yield contents that were exchanged, and entries whose content is missing."""
    for content in RecordedContent.objects.iterator(CHUNK):
        if digest_of(content.text) != content.digest:
            message = _("The recorded content %(digest)s was changed.")
            yield Problem(message % {"digest": content.digest[:12]})
    # Not NOT IN: PostgreSQL cannot hash that beyond its work_mem, and would try each pair.
    recorded = RecordedContent.objects.filter(digest=OuterRef("digest"))
    missing = RecordEntry.objects.exclude(digest="").filter(~Exists(recorded))
    for entry in missing.iterator(CHUNK):
        if entry.detail != UNCHAINED:
            message = _("The content of entry %(id)s is missing.")
            yield Problem(message % {"id": entry.pk}, entry.pk)


def public_problems(progress: Callable[[str], None]) -> Iterator[Problem]:
    """Yield public pages without approvals or initial publication, or with another text."""
    keys = list(
        Page.objects.live().filter(below_root()).order_by("pk").values_list("pk", flat=True)
    )
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        entries = _entries_by_page(chunk)
        pages = Page.objects.filter(pk__in=chunk).specific()
        revisions = Revision.objects.in_bulk([page.live_revision_id for page in pages])
        for page in pages:
            revision = revisions.get(page.live_revision_id)
            for error in _publication_errors(page, revision, entries[page.pk]):
                yield Problem(f"{page.url_path}: {error}", page_id=page.pk)
        progress(f"{min(start + CHUNK, len(keys))}/{len(keys)}")


def file_problems() -> Iterator[Problem]:
    """Yield files whose bytes on the disk are missing or not those that were uploaded."""
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.exclude(file_hash="").iterator(CHUNK):
            for error in file_errors(file):
                yield Problem(f"{model._meta.verbose_name} {file.pk}: {error}")


def file_errors(file: Any) -> list[str]:
    """Return why the bytes behind an image or document are not those that were reviewed."""
    try:
        with file.file.storage.open(file.file.name) as stored:
            stored_hash = hash_filelike(stored)
    except OSError:
        return [_("the file is missing")]
    return [] if stored_hash == file.file_hash else [_("the file was exchanged on the disk")]


def is_known_head(head: str) -> bool:
    """Return whether a hash that was printed as the head at some time is one of the chain's."""
    return head == GENESIS or RecordEntry.objects.filter(hash=head).exists()


def _entries_by_page(keys: Collection[int]) -> dict[int, list[RecordEntry]]:
    entries: dict[int, list[RecordEntry]] = {key: [] for key in keys}
    for entry in RecordEntry.objects.filter(page_id__in=keys).order_by("pk"):
        assert entry.page_id is not None
        entries[entry.page_id].append(entry)
    return entries


def _publication_errors(
    page: Page, revision: Revision | None, entries: list[RecordEntry]
) -> list[str]:
    """Return why this page may not be public as it is."""
    if revision is None:
        return [_("public without a version that was decided on")]
    decided = revision.as_object()
    if _shows_another_text(page, decided):
        return [_("the public text is not the one of its version")]
    turns = [entry for entry in entries if entry.kind in WENT_PUBLIC + TAKEN_DOWN]
    last = turns[-1] if turns else None
    if last is None or last.kind in TAKEN_DOWN or last.revision_id != revision.pk:
        return [_("no entry says how it became public")]
    if last.digest != digest_of(canonical_text(page, revision, decided)):
        return [_("text, place or files are not those that were decided on")]
    if last.kind == Kind.INITIAL_PUBLICATION:
        return []
    return _approval_errors(last, entries)


def _approval_errors(publication: RecordEntry, entries: list[RecordEntry]) -> list[str]:
    """Return why the approvals before `publication` do not allow it.

    Each level in force must have approved exactly this, by different people, in one submission.
    """
    submission = [
        entry
        for entry in entries
        if entry.workflow_state_id == publication.workflow_state_id and entry.pk < publication.pk
    ]
    approval_of = valid_approvals(submission, publication.digest)
    reviewers = [
        approval_of[level].user_id if level in approval_of else None for level in publication.levels
    ]
    if len(reviewers) < 2 or None in reviewers:
        return [_("a level in force has not approved it")]
    if len(set(reviewers)) < len(reviewers):
        return [_("one person approved it at two levels")]
    if set(publication.detail.get("authors", [])) & set(reviewers):
        return [_("an author approved it")]
    return []


def _shows_another_text(page: Page, decided: Page) -> bool:
    """Return whether the rows that readers see differ from the version that was decided on."""
    public_values, decided_values = page.serializable_data(), decided.serializable_data()
    names = [name for name in public_values if name not in BOOKKEEPING | SCHEDULE_FIELDS]
    return not all(same_value(public_values[name], decided_values[name]) for name in names)

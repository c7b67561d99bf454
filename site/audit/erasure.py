"""Erasing what must disappear (a child's name, a withdrawn consent) while the chain still holds.

The recorded content goes, and on request the title or the opinion of an entry; their hashes stay.
An entry of the kind ERASURE says that two people wanted it, which fields it was, and what the rest
of the entry hashes to, so that nothing else of it can be changed afterwards.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import WorkflowState

from audit import record
from audit.content_digest import digest_of
from audit.hash_chain import hash_of
from audit.models import RecordedContent, RecordEntry

# Field of an entry → its name for people.
ERASABLE_FIELDS = {"title": gettext_lazy("title"), "opinion": gettext_lazy("opinion")}


def erasure_errors(entry_id: int, fields: Collection[str]) -> list[str]:
    """Return why nothing of this entry can be erased now."""
    entry = RecordEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        return [_("There is no such entry.")]
    if set(fields) - set(ERASABLE_FIELDS):
        return [_("Only the title and the opinion of an entry can be erased.")]
    content = RecordedContent.objects.filter(pk=entry.digest).exclude(text="").first()
    if not fields and content is None:
        return [_("There is no recorded content to erase.")]
    if not is_untouched(entry, erased_entries().get(entry.pk)):
        return [_("This entry was changed beside the record. Verify the record first.")]
    if content is not None and digest_of(content.text) != content.digest:
        return [_("This content was changed beside the record. Verify the record first.")]
    waiting = WorkflowState.objects.filter(
        pk=entry.workflow_state_id or 0, status=WorkflowState.STATUS_IN_PROGRESS
    )
    return [_("This text waits for a decision. Return it first.")] if waiting.exists() else []


@transaction.atomic
def erase(entry_id: int, fields: Collection[str], **entry_fields: Any) -> RecordEntry:
    """Erase the content of an entry and these of its fields; return the entry that says so.

    `entry_fields`: who wanted it, and why. Call it once two people have.
    """
    entry = RecordEntry.objects.get(pk=entry_id)
    erased = dict.fromkeys(fields, "")
    for name in erased:
        setattr(entry, name, "")
    rest = hash_of(entry)
    # Rows that are otherwise never changed: past the guards of `AppendOnlyQuerySet`.
    if erased:
        QuerySet(RecordEntry).filter(pk=entry.pk).update(**erased)
    if entry.digest:
        QuerySet(RecordedContent).filter(pk=entry.digest).update(text="")
    return record.append_without_content(
        RecordEntry.Kind.ERASURE,
        _("Erased: content of entry %(id)s") % {"id": entry.pk},
        detail={
            "entry": entry.pk,
            "digest": entry.digest,
            "fields": sorted(erased),
            "hash": entry.hash,
            "rest": rest,
        },
        **entry_fields,
    )


def is_untouched(entry: RecordEntry, erasure: dict[str, Any] | None) -> bool:
    """Return whether an entry is as it was written, but for what two people had erased."""
    if erasure is None:
        return bool(entry.hash == hash_of(entry))
    emptied = all(getattr(entry, name) == "" for name in erasure["fields"])
    return bool(emptied and entry.hash == erasure["hash"] and hash_of(entry) == erasure["rest"])


def erased_digests() -> set[str]:
    """Return the digests of the contents that were erased."""
    return {detail["digest"] for detail in _erasures()}


def erased_entries() -> dict[int, dict[str, Any]]:
    """Return id of an entry → its hash, the fields that were erased, the hash of the rest.

    Of an entry that was erased more than once, the last counts.
    """
    return {detail["entry"]: detail for detail in _erasures() if detail["fields"]}


def _erasures() -> list[dict[str, Any]]:
    entries = RecordEntry.objects.filter(kind=RecordEntry.Kind.ERASURE).order_by("pk")
    return list(entries.values_list("detail", flat=True))

"""The review sheet 三审单: one submission as the record tells it, and nothing but the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import ChangeStatus, RecordedContent, RecordEntry, RecordHead
from audit.proofreading import ProofreadingItem, SecrecyResult
from audit.record import TAKEN_DOWN
from roles.models import Level

Kind = RecordEntry.Kind
DECISIONS = (Kind.APPROVAL, Kind.RETURN, Kind.CORRECTION, Kind.POST_PUBLICATION_CHECK)


@dataclass(frozen=True)
class Head:
    """Where the chain ended when something was printed."""

    hash: str
    length: int
    at: datetime


def current_head() -> Head:
    """Return the chain's head; the two values come from one row and belong together."""
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    return Head(head.hash, head.length, timezone.localtime())


def level_label(level: str) -> str:
    """Return a level in words; a value that is no level as it stands in the record."""
    return str(Level(level).label) if level in Level.values else level


def proofreading_labels(items: Iterable[str]) -> list[str]:
    """Return the lines of the proof-reading list that were ticked, in the order of the list."""
    values = list(items)
    listed = [str(item.label) for item in ProofreadingItem if item in values]
    return listed + [str(value) for value in values if value not in ProofreadingItem.values]


def secrecy_label(result: str) -> str:
    """Return the result of the secrecy review in words."""
    return str(SecrecyResult(result).label) if result in SecrecyResult.values else result


def kind_label(entry: RecordEntry) -> str:
    """Return what happened, and how a check or a change by two people ended."""
    label, outcome = str(entry.get_kind_display()), ""
    if entry.kind == Kind.POST_PUBLICATION_CHECK:
        outcome = _("in order") if entry.detail.get("in_order") else _("not in order")
    elif entry.detail.get("status") in ChangeStatus.values:
        outcome = str(ChangeStatus(entry.detail["status"]).label)
    return _("%(what)s: %(outcome)s") % {"what": label, "outcome": outcome} if outcome else label


def change_lines(entry: RecordEntry) -> list[str]:
    """Return what a change of settings changes, each as “what: before → after”."""
    rows = entry.detail.get("words", [])
    return [f"{what}：{before or '—'} → {after or '—'}" for what, before, after in rows]


class ReportLine:
    """An entry with its codes in words."""

    def __init__(self, entry: RecordEntry) -> None:
        self.entry = entry
        self.kind = kind_label(entry)
        self.changes = change_lines(entry)
        self.level = level_label(entry.level)
        self.proofreading = proofreading_labels(entry.ticks)
        self.secrecy = secrecy_label(entry.secrecy)


class ReviewReport:
    """What the record says of one submission; `entries` must not be empty, oldest first."""

    def __init__(self, entries: list[RecordEntry]) -> None:
        lines = [ReportLine(entry) for entry in entries]
        self.decisions = [line for line in lines if line.entry.kind in DECISIONS]
        self.events = [line for line in lines if line.entry.kind not in DECISIONS]
        self.last = entries[-1]
        self.digest = next((entry.digest for entry in reversed(entries) if entry.digest), "")
        with_levels = next((entry for entry in reversed(entries) if entry.levels), self.last)
        self.levels = [level_label(level) for level in with_levels.levels]
        self.urgent = any(entry.urgent for entry in entries)
        self.has_recorded_content = RecordedContent.objects.filter(pk=self.digest).exists()


def entries_of_submission(workflow_state_id: int) -> list[RecordEntry]:
    """Return all entries about a submission, and about the end of what it made public.

    Oldest first. A withdrawal concerns a page, not a submission: it is found by the version that
    the submission made public.
    """
    entries = list(RecordEntry.objects.filter(workflow_state_id=workflow_state_id))
    versions = {(entry.page_id, entry.revision_id) for entry in entries if entry.revision_id}
    if not versions:
        return entries
    about_versions = Q()
    for page_id, revision_id in versions:
        about_versions |= Q(page_id=page_id, revision_id=revision_id)
    ends = RecordEntry.objects.filter(about_versions, kind__in=TAKEN_DOWN, workflow_state_id=None)
    return sorted([*entries, *ends], key=lambda entry: entry.pk)

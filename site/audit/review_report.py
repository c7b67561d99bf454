"""The review sheet 三审单: one submission as the record tells it, and nothing but the record."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import ChangeStatus, RecordedContent, RecordEntry, RecordHead
from audit.proofreading import ProofreadingItem, SecrecyResult
from roles.models import Level

Kind = RecordEntry.Kind
DECISIONS = (Kind.APPROVAL, Kind.RETURN, Kind.CORRECTION, Kind.POST_PUBLICATION_CHECK)
# They concern a page, not a submission: found by the version that the submission made public.
COMING_DOWN = (Kind.WITHDRAWAL, Kind.EXPIRY)


@dataclass(frozen=True)
class Head:
    """Where the chain ended when something was printed."""

    hash: str
    length: int
    at: datetime


def current_head() -> Head:
    """The chain's head; the two values come from one row and belong together."""
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    return Head(head.hash, head.length, timezone.localtime())


def level_label(level: str) -> str:
    """A level in words; whatever else stands in the record, as it stands there."""
    return str(Level(level).label) if level in Level.values else level


def tick_labels(ticks) -> list[str]:
    """The lines of the proof-reading list that were ticked, in the order of the list."""
    known = [str(tick.label) for tick in ProofreadingItem if tick in ticks]
    return known + [str(tick) for tick in ticks if tick not in ProofreadingItem.values]


def secrecy_label(result: str) -> str:
    """The result of the secrecy review in words."""
    return str(SecrecyResult(result).label) if result in SecrecyResult.values else result


def kind_label(entry: RecordEntry) -> str:
    """What happened, and for a look or a change by two people how it ended."""
    label, ended = str(entry.get_kind_display()), ""
    if entry.kind == Kind.POST_PUBLICATION_CHECK:
        ended = _("in order") if entry.detail.get("in_order") else _("not in order")
    elif entry.detail.get("status") in ChangeStatus.values:
        ended = str(ChangeStatus(entry.detail["status"]).label)
    return _("%(what)s: %(outcome)s") % {"what": label, "outcome": ended} if ended else label


def change_lines(entry: RecordEntry) -> list[str]:
    """What a change of settings changes, each as “what: before → after”."""
    rows = entry.detail.get("words", [])
    return [f"{what}：{before or '—'} → {after or '—'}" for what, before, after in rows]


class ReportLine:
    """An entry with its codes in words."""

    def __init__(self, entry: RecordEntry):
        self.entry = entry
        self.kind = kind_label(entry)
        self.changes = change_lines(entry)
        self.level = level_label(entry.level)
        self.ticks = tick_labels(entry.ticks)
        self.missing = [str(tick.label) for tick in ProofreadingItem if tick not in entry.ticks]
        self.secrecy = secrecy_label(entry.secrecy)


class ReviewReport:
    """What the record says of one submission; `entries` must not be empty, oldest first."""

    def __init__(self, entries: list[RecordEntry]):
        lines = [ReportLine(entry) for entry in entries]
        self.decisions = [line for line in lines if line.entry.kind in DECISIONS]
        self.course = [line for line in lines if line.entry.kind not in DECISIONS]
        self.last = entries[-1]
        self.digest = next((entry.digest for entry in reversed(entries) if entry.digest), "")
        ruled = next((entry for entry in reversed(entries) if entry.levels), self.last)
        self.levels = [level_label(level) for level in ruled.levels]
        self.urgent = any(entry.urgent for entry in entries)
        self.content_is_kept = RecordedContent.objects.filter(pk=self.digest).exists()


def entries_of(workflow_state_id: int) -> list[RecordEntry]:
    """All entries about a submission, and about the end of what it made public; oldest first."""
    own = list(RecordEntry.objects.filter(workflow_state_id=workflow_state_id))
    versions = {(entry.page_id, entry.revision_id) for entry in own if entry.revision_id}
    if not versions:
        return own
    concerned = Q()
    for page_id, revision_id in versions:
        concerned |= Q(page_id=page_id, revision_id=revision_id)
    ends = RecordEntry.objects.filter(concerned, kind__in=COMING_DOWN, workflow_state_id=None)
    return sorted([*own, *ends], key=lambda entry: entry.pk)

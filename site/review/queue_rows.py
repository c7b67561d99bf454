"""What a row of the queue shows besides the item itself: age, who approved, whether it was read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.models import RecordEntry
from review import queue
from review.models.queue import QueueItem, ReadReceipt
from roles.models import Level

FULL = 100


@dataclass
class Row:
    """One waiting item as its reader sees it."""

    item: QueueItem
    approvals: list[str]
    is_read: bool
    # Why this person cannot open it for a decision; empty where they can.
    exclusion: str = ""

    @property
    def age(self) -> str:
        """How long it has waited since it was submitted, in days and hours."""
        waited = timezone.now() - self.item.submitted_at
        hours = int(waited.total_seconds() // 3600)
        days = ngettext("%(count)d day", "%(count)d days", hours // 24) % {"count": hours // 24}
        rest = ngettext("%(count)d hour", "%(count)d hours", hours % 24) % {"count": hours % 24}
        if hours == 0:
            return _("less than an hour")
        return f"{days} {rest}" if hours >= 24 else rest

    @property
    def used_percent(self) -> int:
        """How much of the time until escalation is used up, in per cent."""
        whole = (self.item.escalate_at - self.item.since).total_seconds()
        used = (timezone.now() - self.item.since).total_seconds()
        return max(0, min(FULL, int(FULL * used / whole))) if whole else FULL

    @property
    def overdue(self) -> str:
        """Empty, "late" after the reminder's term, "very-late" after the escalation's."""
        now = timezone.now()
        if self.item.escalate_at < now:
            return "very-late"
        return "late" if self.item.remind_at < now else ""

    @property
    def kind(self) -> str:
        """The kind of page in words."""
        model = self.item.kind.model_class()
        return str(model._meta.verbose_name) if model else ""

    @property
    def is_clean(self) -> bool:
        """Whether the checks found nothing."""
        return not (self.item.blocks or self.item.warnings)

    @property
    def may_be_ticked(self) -> bool:
        """Whether it may be approved together with others: read as it is, and nothing found."""
        return self.is_read and self.is_clean


def rows_of(items: Iterable[QueueItem], user: User) -> list[Row]:
    """Return the rows of these items: two queries more, however many they are."""
    items = list(items)
    entries = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL,
        workflow_state_id__in=[item.workflow_state_id for item in items],
        digest__in={item.digest for item in items},
    )
    approvals: dict[int | None, list[str]] = {}
    for entry in entries:
        date = f"{timezone.localtime(entry.at):%m-%d}"
        line = f"{Level(entry.level).label} {entry.user_name} {date}"
        approvals.setdefault(entry.workflow_state_id, []).append(line)
    receipts = ReadReceipt.objects.filter(user=user, page_id__in=[item.page_id for item in items])
    read = set(receipts.values_list("page_id", "digest"))
    return [
        Row(item, approvals.get(item.workflow_state_id, []), (item.page_id, item.digest) in read)
        for item in items
    ]


def set_exclusions(rows: Iterable[Row], user: User) -> None:
    """Write into each row why this person cannot open it for a decision."""
    excluded_ids = queue.excluded_item_ids(user, [row.item for row in rows])
    own_ids = set(
        queue.items_at_levels_of(user)
        .filter(pk__in=[row.item.pk for row in rows])
        .values_list("pk", flat=True)
    )
    for row in rows:
        item = row.item
        if item.pk in excluded_ids:
            row.exclusion = _("You wrote in it or approved it already.")
        elif item.pk not in own_ids:
            row.exclusion = _("It waits for another level.")

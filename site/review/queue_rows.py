"""What a row of the queue shows besides the item itself: age, who approved, whether it was read."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import RecordEntry
from review.models.queue import QueueItem, ReadReceipt
from roles.models import Level

FULL = 100


@dataclass
class Row:
    """One waiting item as its reader sees it."""

    item: QueueItem
    approved: list[str]
    opened: bool
    barred: str = ""

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
    def spent(self) -> int:
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
        model = self.item.kind.model_class()
        return str(model._meta.verbose_name) if model else ""

    @property
    def clean(self) -> bool:
        return not (self.item.blocks or self.item.warnings)

    @property
    def may_be_ticked(self) -> bool:
        """Whether it may be approved together with others: read as it is, and nothing found."""
        return self.opened and self.clean


def rows_of(items, user) -> list[Row]:
    """The rows of these items: two queries more, however many they are."""
    items = list(items)
    approvals = RecordEntry.objects.filter(
        kind=RecordEntry.Kind.APPROVAL,
        workflow_state_id__in=[item.workflow_state_id for item in items],
        digest__in={item.digest for item in items},
    )
    said: dict[int, list[str]] = {}
    for entry in approvals:
        words = f"{Level(entry.level).label} {entry.user_name} {timezone.localtime(entry.at):%m-%d}"
        said.setdefault(entry.workflow_state_id, []).append(words)
    openings = ReadReceipt.objects.filter(user=user, page_id__in=[item.page_id for item in items])
    read = set(openings.values_list("page_id", "digest"))
    return [
        Row(item, said.get(item.workflow_state_id, []), (item.page_id, item.digest) in read)
        for item in items
    ]

"""What a reviewer is shown of a waiting item, put together for one request."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from audit.models import RecordEntry
from audit.record import DECISIONS
from core.requests import AdminRequest
from publication.models import UrgentItem
from review.differences import Difference, Versions
from review.domain import gate
from review.domain.gate import Submission
from review.models.queue import QueueItem
from roles.level_rules import answers_for_secrecy
from roles.models import Level
from roles.review_settings import review_settings_of
from roles.scopes import district_key_of
from schools.models import school_of


class DecisionContext:
    """One waiting item, read by one person: every question is asked of the database once."""

    def __init__(self, request: AdminRequest, task_state: TaskState, page: Page) -> None:
        self.request, self.task_state, self.page = request, task_state, page
        self.submission = Submission(page, task_state.workflow_state)
        self.level: str = task_state.task.specific.level

    @cached_property
    def item(self) -> QueueItem | None:
        """The item's row in the queue."""
        return QueueItem.objects.filter(pk=self.task_state.pk).first()

    @cached_property
    def school(self) -> str:
        """The name of the school that submits, or empty."""
        if self.item:
            return self.item.school_title
        school = school_of(self.page)
        return school.title if school else ""

    @cached_property
    def submitter(self) -> str:
        """The name of who submitted it."""
        if self.item:
            return self.item.submitter
        return str(self.submission.workflow_state.requested_by)

    @cached_property
    def reasons(self) -> list[str]:
        """The sentences with which the district returns items."""
        key = self.item.district_key if self.item else district_key_of(self.page)
        return list(review_settings_of(key).reasons)

    @cached_property
    def urgency(self) -> UrgentItem | None:
        """Why and since when the item is urgent, or None."""
        state_id = self.submission.workflow_state.pk
        return UrgentItem.objects.filter(workflow_state_id=state_id).first()

    @cached_property
    def versions(self) -> Versions:
        """The texts that can be compared."""
        return Versions(self.request, self.page, self.submission)

    @property
    def text(self) -> Page:
        """The page as the waiting revision has it."""
        return self.submission.text

    @cached_property
    def dates(self) -> list[tuple[str, datetime]]:
        """The days that the editor asked for: public from, public until."""
        requested = [
            (_("Public from"), self.text.go_live_at),
            (_("Public until"), self.text.expire_at),
        ]
        return [(label, date) for label, date in requested if date]

    @cached_property
    def entries(self) -> list[RecordEntry]:
        """What the record says of this page, oldest first."""
        return list(RecordEntry.objects.filter(page_id=self.page.pk).order_by("pk"))

    @property
    def history(self) -> list[RecordEntry]:
        """What the record says of this submission."""
        state_id = self.submission.workflow_state.pk
        return [entry for entry in self.entries if entry.workflow_state_id == state_id]

    @cached_property
    def steps(self) -> list[dict]:
        """The levels that the rule in force demands, each with what became of it."""
        approvals = {
            entry.level: entry
            for entry in self.history
            if entry.kind == RecordEntry.Kind.APPROVAL and entry.digest == self.submission.digest
        }
        return [
            {
                "label": Level(level).label,
                "state": self._step_state(level),
                "entry": approvals.get(level) if level in self.submission.approvals else None,
            }
            for level in self.submission.levels
        ]

    def _step_state(self, level: str) -> str:
        if level in self.submission.approvals:
            return "done"
        return "current" if level == self.level else "later"

    @cached_property
    def next_level(self) -> str:
        """The level that follows an approval here; empty if the item becomes public then."""
        approvals = self.submission.approvals
        owed = [level for level in self.submission.levels if level not in approvals]
        return next((level for level in owed if level != self.level), "")

    @cached_property
    def approve_label(self) -> str:
        """What the button says: not only “approve”, but what follows."""
        if self.next_level:
            level = Level(self.next_level).label
            return _("Approve, on to the %(level)s") % {"level": level}
        go_live_at = self.text.go_live_at
        if go_live_at and go_live_at > timezone.now():
            return _("Approve, public on %(date)s") % {"date": format_minute(go_live_at)}
        return _("Approve and publish")

    @cached_property
    def answers_for_secrecy(self) -> bool:
        """Whether this level says how the secrecy review ended."""
        levels = self.submission.levels
        return answers_for_secrecy(levels, self.level)

    @cached_property
    def reviewer_errors(self) -> list[str]:
        """Why this person may not decide here."""
        return gate.reviewer_errors(self.submission, self.level, self.request.user)

    @cached_property
    def approval_errors(self) -> list[str]:
        """Why nobody may approve this text here as it is; empty for who may not decide at all."""
        if self.reviewer_errors:
            return []
        return gate.revision_errors(self.submission, self.task_state) or gate.content_errors(
            self.submission, self.level
        )

    @cached_property
    def excluded(self) -> list[dict]:
        """Who decides no more on this text, and why."""
        users = get_user_model().objects.in_bulk(self.submission.excluded_ids())
        approved = {user_id: level for level, user_id in self.submission.approvals.items()}
        rows = []
        for user_id, user in users.items():
            reasons = []
            if user_id in self.submission.file_authors:
                reasons.append(_("made a file that it shows"))
            elif user_id in self.submission.authors:
                reasons.append(_("wrote in this text"))
            if user_id in approved:
                level = Level(approved[user_id]).label
                reasons.append(_("approved it at the %(level)s") % {"level": level})
            rows.append({"person": user, "why": _("; ").join(reasons)})
        return rows

    def differences(self, opened_digest: str = "") -> list[Difference]:
        """Return the comparisons that help here, the most telling first.

        `opened_digest` is what the reader had opened, if that is no longer what waits.
        """
        differences, digests = [], {self.submission.digest}
        for name, heading, digest in self._earlier_versions(opened_digest):
            if digest and digest not in digests:
                digests.add(digest)
                differences.append(self.versions.with_recorded(name, heading, digest))
        live = self.versions.with_live("live", _("Compared with what is public"))
        return [*differences, live]

    def _earlier_versions(self, opened_digest: str) -> Iterator[tuple[str, str, str]]:
        """Yield name, heading and digest of what was read before."""
        yield "opened", _("Changed since you opened it"), opened_digest
        mine, levels = self._last_decision([self.level]), self.submission.levels
        if mine:
            heading = (
                _("Changed since you decided")
                if mine.user_id == self.request.user.pk
                else _("Changed since your level decided")
            )
            yield "mine", heading, mine.digest
        before = levels[: levels.index(self.level)] if self.level in levels else []
        if before and (theirs := self._last_decision(before[-1:])):
            yield "previous", _("Changed since the level before decided"), theirs.digest

    def _last_decision(self, levels: Sequence[str]) -> RecordEntry | None:
        """Return the last decision of these levels on this page since it was published, if any."""
        for entry in reversed(self.entries):
            if entry.kind == RecordEntry.Kind.PUBLICATION:
                return None
            if entry.kind in DECISIONS and entry.level in levels:
                return entry
        return None


def format_minute(moment: datetime) -> str:
    """Return a moment as day and minute, local time."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")

"""What a reviewer is shown of a waiting item, put together for one request."""

from functools import cached_property

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import RecordEntry
from publication.models import UrgentItem
from review.differences import Difference, Versions
from review.domain import gate
from review.models.queue import QueueItem
from roles.level_rules import secrecy_level
from roles.models import Level
from roles.review_settings import review_settings_of
from roles.scopes import district_key_of
from schools.models import school_of

SAID_AT_A_LEVEL = (RecordEntry.Kind.APPROVAL, RecordEntry.Kind.RETURN)


class DecisionContext:
    """One waiting item, read by one person: every question is asked of the database once."""

    def __init__(self, request, task_state, page):
        self.request, self.task_state, self.page = request, task_state, page
        self.case = gate.Submission(page, task_state.workflow_state)
        self.level = task_state.task.specific.level

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
        return self.item.submitter if self.item else str(self.case.workflow_state.requested_by)

    @cached_property
    def reasons(self) -> list[str]:
        """The sentences with which the district returns items."""
        key = self.item.district_key if self.item else district_key_of(self.page)
        return review_settings_of(key).reasons

    @cached_property
    def urgency(self) -> UrgentItem | None:
        """Why and since when the item is urgent, or None."""
        return UrgentItem.objects.filter(workflow_state_id=self.case.workflow_state.pk).first()

    @cached_property
    def versions(self) -> Versions:
        """The texts that can be compared."""
        return Versions(self.request, self.page, self.case)

    @property
    def text(self):
        """The page as the waiting revision has it."""
        return self.case.text

    @cached_property
    def dates(self) -> list[tuple[str, object]]:
        """The days that the editor asked for: public from, public until."""
        asked = [
            (_("Public from"), self.text.go_live_at),
            (_("Public until"), self.text.expire_at),
        ]
        return [(label, day) for label, day in asked if day]

    @cached_property
    def entries(self) -> list[RecordEntry]:
        """What the record says of this page, oldest first."""
        return list(RecordEntry.objects.filter(page_id=self.page.pk).order_by("pk"))

    @property
    def history(self) -> list[RecordEntry]:
        """What the record says of this submission."""
        number = self.case.workflow_state.pk
        return [entry for entry in self.entries if entry.workflow_state_id == number]

    @cached_property
    def thread(self) -> list[dict]:
        """The levels that the rule in force demands, each with what became of it."""
        said = {
            entry.level: entry
            for entry in self.history
            if entry.kind == RecordEntry.Kind.APPROVAL and entry.digest == self.case.digest
        }
        return [
            {
                "label": Level(level).label,
                "state": self._state(level),
                "entry": said.get(level) if level in self.case.approvals else None,
            }
            for level in self.case.levels
        ]

    def _state(self, level: str) -> str:
        if level in self.case.approvals:
            return "done"
        return "current" if level == self.level else "later"

    @cached_property
    def next_level(self) -> str:
        """The level that follows an approval here; empty if the item becomes public then."""
        later = [other for other in self.case.levels if other not in self.case.approvals]
        return next((other for other in later if other != self.level), "")

    @cached_property
    def approve_label(self) -> str:
        """What the button says: not only “approve”, but what follows."""
        if self.next_level:
            level = Level(self.next_level).label
            return _("Approve, on to the %(level)s") % {"level": level}
        day = self.text.go_live_at
        if day and day > timezone.now():
            return _("Approve, public on %(date)s") % {"date": as_day(day)}
        return _("Approve and publish")

    @cached_property
    def answers_for_secrecy(self) -> bool:
        """Whether this level says how the secrecy review ended."""
        return bool(self.case.levels) and self.level == secrecy_level(self.case.levels)

    @property
    def objections(self) -> list[str]:
        """Why nobody may approve this text here as it is."""
        if self.task_state.revision_id != self.case.revision.pk:
            return [_("The text has changed since it was submitted. Return it, please.")]
        return gate.content_errors(self.case, self.level)

    @cached_property
    def barred(self) -> list[dict]:
        """Who decides no more on this text, and why."""
        people = get_user_model().objects.in_bulk(self.case.barred())
        approved = {person: level for level, person in self.case.approvals.items()}
        found = []
        for key, person in people.items():
            why = _("wrote in this text") if key in self.case.authors else ""
            if key in approved:
                level = Level(approved[key]).label
                said = _("approved it at the %(level)s") % {"level": level}
                why = f"{why}; {said}" if why else said
            found.append({"person": person, "why": why})
        return found

    def differences(self, opened_digest: str = "") -> list[Difference]:
        """The comparisons that help here, the most telling first.

        `opened_digest` is what the reader had opened, if that is no longer what waits.
        """
        found, seen = [], {self.case.digest}
        for name, heading, digest in self._earlier(opened_digest):
            if digest and digest not in seen:
                seen.add(digest)
                found.append(self.versions.with_recorded(name, heading, digest))
        live = self.versions.with_live("live", _("Compared with what is public"))
        return [*found, live]

    def _earlier(self, opened_digest: str):
        """(name, heading, digest) of what was seen before."""
        yield "opened", _("Changed since you opened it"), opened_digest
        mine, levels = self._last_decision([self.level]), self.case.levels
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

    def _last_decision(self, levels) -> RecordEntry | None:
        """The last word of these levels on this page since it was published, if at all."""
        for entry in reversed(self.entries):
            if entry.kind == RecordEntry.Kind.PUBLICATION:
                return None
            if entry.kind in SAID_AT_A_LEVEL and entry.level in levels:
                return entry
        return None


def as_day(moment) -> str:
    """A moment as day and minute, local time."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")

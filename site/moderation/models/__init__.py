"""Models of review: roles and rules, tasks, the record, the queue, proposals, messages."""

from moderation.models.queue import Bar, Opening, QueueItem, Suggestion
from moderation.models.urgency import Urgency

from .notices import JobRun, MailChoice, Notice
from .practice import ReviewPractice
from .proposals import Proposal
from .record import RecordedContent, RecordEntry, RecordHead
from .rules import Deputy, Level, LevelRule, Role, RoleGroup
from .tasks import FinalApproval, SchoolReview, SectionReview

__all__ = [
    "Bar",
    "Deputy",
    "FinalApproval",
    "JobRun",
    "Level",
    "LevelRule",
    "MailChoice",
    "Notice",
    "Opening",
    "Proposal",
    "QueueItem",
    "RecordEntry",
    "RecordHead",
    "RecordedContent",
    "ReviewPractice",
    "Role",
    "RoleGroup",
    "SchoolReview",
    "SectionReview",
    "Suggestion",
    "Urgency",
]

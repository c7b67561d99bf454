"""Models of review: who has which role where, which levels apply, the tasks, the record."""

from .record import RecordEntry
from .rules import Level, LevelRule, Role, RoleGroup
from .tasks import FinalApproval, SchoolReview, SectionReview

__all__ = [
    "FinalApproval",
    "Level",
    "LevelRule",
    "RecordEntry",
    "Role",
    "RoleGroup",
    "SchoolReview",
    "SectionReview",
]

"""Models of review: what waits for whom, and the tasks of the one workflow."""

from .queue import ExcludedReviewer, QueueItem, ReadReceipt, Suggestion
from .tasks import FinalApproval, SchoolReview, SectionReview

__all__ = [
    "ExcludedReviewer",
    "FinalApproval",
    "QueueItem",
    "ReadReceipt",
    "SchoolReview",
    "SectionReview",
    "Suggestion",
]

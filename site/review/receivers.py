"""What review does when Wagtail writes by itself: states that end, pages that move or go."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import page_published, post_page_move, workflow_cancelled

from accounts.models import User
from audit.models import RecordEntry
from audit.signals import role_change_recorded
from core.media import file_locks
from review import notices, queue, role_notices
from review.domain import submissions
from schools.models import SchoolPage


@receiver(post_save)
def end_what_is_done(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """Wagtail has ended a level, or a whole submission."""
    if raw:
        return
    if issubclass(sender, TaskState) and instance.status != TaskState.STATUS_IN_PROGRESS:
        submissions.end_level(instance)
    elif sender is WorkflowState and instance.status != WorkflowState.STATUS_IN_PROGRESS:
        submissions.end_submission(instance)


@receiver(post_delete, sender=TaskState)
def close_notices_of_deleted_level(
    sender: type[TaskState], instance: TaskState, **kwargs: Any
) -> None:
    """A deleted page takes its levels along."""
    notices.close_waiting(instance.pk)


@receiver(pre_save, sender=WorkflowState)
def cancel_only_open_submissions(
    sender: type[WorkflowState], instance: WorkflowState, raw: bool = False, **kwargs: Any
) -> None:
    """Wagtail cancels a submission of which it may have read an older state."""
    cancelled = instance.status == WorkflowState.STATUS_CANCELLED
    if cancelled and not raw and not instance._state.adding:
        submissions.refuse_late_cancellation(instance)


@receiver(workflow_cancelled)
def record_cancellation(
    sender: type[WorkflowState], instance: WorkflowState, user: User | None = None, **kwargs: Any
) -> None:
    """An author cancels a submission with Wagtail's own button."""
    submissions.record_recall(instance, user)


@receiver(post_delete, sender=Page)
def release_files_of_deleted_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A draft is deleted while it waits."""
    file_locks.release_files(instance.pk)


@receiver(post_page_move)
def update_paths_of_items(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page has moved; the queue finds reviewers by its place."""
    queue.update_paths_below(instance.path)


@receiver(page_published, sender=SchoolPage)
def update_school_of_items(sender: type[Page], instance: SchoolPage, **kwargs: Any) -> None:
    """A school is published; the queue shows, and is searched by, its name and township."""
    transaction.on_commit(lambda: queue.update_school_of_items(instance))


@receiver(role_change_recorded)
def notify_of_role_change(sender: type[RecordEntry], entry: RecordEntry, **kwargs: Any) -> None:
    """Somebody was put into a group or taken out, was made deputy, or has a new password."""
    role_notices.role_change_recorded(entry)
    # Wagtail's signal comes before somebody is taken out.
    transaction.on_commit(lambda: submissions.ask_pool(entry.district_key))

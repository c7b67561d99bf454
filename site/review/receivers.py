"""What review hears of: states that end, pages that move."""

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import page_published, post_page_move, workflow_cancelled

from audit import record
from audit.models import RecordEntry
from audit.signals import role_change_recorded
from core.media import file_locks
from core.publishing.refusals import PublishingRefused
from review import notices, queue, role_notices
from review.models.queue import QueueItem
from schools.models import SchoolPage


@receiver(post_save)
def leave_the_queue(sender, instance, raw=False, **kwargs):
    """A level that is done waits and asks no more; a submission that is closed holds no files."""
    if raw:
        return
    if issubclass(sender, TaskState) and instance.status != TaskState.STATUS_IN_PROGRESS:
        queue.leave(instance)
        notices.close_waiting(instance.pk)
    elif sender is WorkflowState and instance.status != WorkflowState.STATUS_IN_PROGRESS:
        page = Page.objects.filter(pk=instance.object_id).first()
        # What was approved for a later day keeps its files until then.
        approved = instance.status == WorkflowState.STATUS_APPROVED
        if page is None or not (approved or page.scheduled_revision):
            file_locks.release_files(int(instance.object_id))


@receiver(post_delete, sender=TaskState)
def close_questions(sender, instance, **kwargs):
    """A deleted page takes its questions along."""
    notices.close_waiting(instance.pk)


@receiver(pre_save, sender=WorkflowState)
def cancel_only_what_is_open(sender, instance, raw=False, **kwargs):
    """Raises PublishingRefused: it was decided since this object was read."""
    if raw or instance._state.adding or instance.status != WorkflowState.STATUS_CANCELLED:
        return
    now = WorkflowState.objects.filter(pk=instance.pk)
    if connection.in_atomic_block:
        # As a decision locks it: of the two one comes first, and the other sees it.
        now = now.select_for_update()
    if now.values_list("status", flat=True).get() == WorkflowState.STATUS_APPROVED:
        raise PublishingRefused(_("This item has been decided meanwhile."))


@receiver(workflow_cancelled)
def record_recall(sender, instance, user=None, **kwargs):
    """An item that its author calls back ends on the record; a withdrawal has said so itself."""
    entries = RecordEntry.objects.filter(workflow_state_id=instance.pk)
    last, page = entries.last(), instance.content_object
    if last is None or last.kind == RecordEntry.Kind.RECALL or page is None:
        return
    revision = instance.current_task_state and instance.current_task_state.revision
    record.append(
        RecordEntry.Kind.RECALL,
        page.specific,
        revision or page.get_latest_revision(),
        user=user,
        workflow_state_id=instance.pk,
    )


@receiver(post_delete, sender=Page)
def let_go_of_files(sender, instance, **kwargs):
    """A draft that is deleted while it waits holds no files any more."""
    file_locks.release_files(instance.pk)


@receiver(post_page_move)
def follow_the_page(sender, instance, path_page_before=None, **kwargs):
    """The queue finds reviewers by the page's place."""
    for item in QueueItem.objects.filter(
        page_id__in=Page.objects.filter(path__startswith=instance.path).values("pk")
    ):
        page = Page.objects.get(pk=item.page_id)
        QueueItem.objects.filter(pk=item.pk).update(page_path=page.path)


@receiver(page_published, sender=SchoolPage)
def follow_the_school(sender, instance, **kwargs):
    """The queue shows, and is searched by, a school's name and township."""
    transaction.on_commit(lambda: queue.update_school_of_items(instance))


@receiver(role_change_recorded)
def tell_who_begins_to_decide(sender, entry, **kwargs):
    """Whoever begins to decide somewhere learns what waits there."""
    role_notices.role_change_recorded(entry)

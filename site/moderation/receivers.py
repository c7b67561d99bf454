"""What review hears of: states that end, pages that move."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import post_page_move

from core import holding
from moderation import queue
from moderation.models.queue import QueueItem


@receiver(post_save)
def leave_the_queue(sender, instance, raw=False, **kwargs):
    """A level that is done waits no more; a submission that is closed holds no files."""
    if raw:
        return
    if issubclass(sender, TaskState) and instance.status != TaskState.STATUS_IN_PROGRESS:
        queue.leave(instance)
    elif sender is WorkflowState and instance.status != WorkflowState.STATUS_IN_PROGRESS:
        page = Page.objects.filter(pk=instance.object_id).first()
        # What was approved for a later day keeps its files until then.
        if page is None or instance.status != WorkflowState.STATUS_APPROVED:
            holding.release(int(instance.object_id))


@receiver(post_delete, sender=Page)
def let_go_of_files(sender, instance, **kwargs):
    """A draft that is deleted while it waits holds no files any more."""
    holding.release(instance.pk)


@receiver(post_page_move)
def follow_the_page(sender, instance, path_page_before=None, **kwargs):
    """The queue finds reviewers by the page's place."""
    for item in QueueItem.objects.filter(
        page_id__in=Page.objects.filter(path__startswith=instance.path).values("pk")
    ):
        page = Page.objects.get(pk=item.page_id)
        QueueItem.objects.filter(pk=item.pk).update(page_path=page.path)

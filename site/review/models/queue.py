"""What waits for whom: kept beside Wagtail's states, so that a queue of thousands is one query.

Nothing here is evidence; `manage.py rebuild_queue` makes it anew from the states.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from roles.models import Level


class QueueItem(models.Model):
    """One item that waits at one level."""

    task_state = models.OneToOneField(
        TaskState, primary_key=True, on_delete=models.CASCADE, related_name="queue_item"
    )
    workflow_state = models.ForeignKey(
        WorkflowState, on_delete=models.CASCADE, related_name="queue_items"
    )
    page_id = models.BigIntegerField(_("page"), db_index=True)
    page_path = models.CharField(max_length=255, db_index=True)
    district_key = models.UUIDField(_("district"))
    title = models.CharField(_("title"), max_length=255)
    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    school_id = models.BigIntegerField(_("school"), null=True, db_index=True)
    school_title = models.CharField(_("school"), max_length=255, blank=True)
    township = models.CharField(_("township"), max_length=40, blank=True)
    level = models.CharField(_("review level"), max_length=10, choices=Level.choices)
    digest = models.CharField(_("content digest"), max_length=64)
    submitter = models.CharField(_("submitted by"), max_length=200, blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    since = models.DateTimeField(_("waits here since"))
    remind_at = models.DateTimeField(_("reminder due"))
    escalate_at = models.DateTimeField(_("escalation due"))
    # No reviewer of the school itself can decide; asked anew when its people change.
    asks_pool = models.BooleanField(_("asks the district's pool"), default=False)
    # When the reminder was last tried, even if there was nobody to remind.
    reminded_at = models.DateTimeField(null=True, editable=False)
    urgent = models.BooleanField(_("urgent"), default=False)
    blocks = models.PositiveSmallIntegerField(_("findings that block"), default=0)
    warnings = models.PositiveSmallIntegerField(_("findings to look at"), default=0)

    class Meta:
        verbose_name = _("waiting item")
        verbose_name_plural = _("waiting items")
        ordering = ["submitted_at", "pk"]
        indexes = [
            models.Index(fields=["level", "submitted_at"]),
            # In the order of every list: its first rows need no sorting of all the others.
            models.Index(fields=["submitted_at", "task_state"]),
        ]

    def __str__(self) -> str:
        return self.title


class ExcludedReviewer(models.Model):
    """Somebody who may not decide on a waiting item: wrote in it, or decided at another level."""

    item = models.ForeignKey(QueueItem, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("excluded reviewer")
        verbose_name_plural = _("excluded reviewers")
        constraints = [
            models.UniqueConstraint(fields=["item", "user"], name="one_exclusion_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.item}"


class ReadReceipt(models.Model):
    """Somebody has opened this very text for a decision."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("read receipt")
        verbose_name_plural = _("read receipts")
        constraints = [
            models.UniqueConstraint(fields=["user", "page_id", "digest"], name="opened_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.digest}"


class Suggestion(models.Model):
    """A text that a reviewer suggests with a return; the editor may take it as a whole."""

    workflow_state_id = models.BigIntegerField(_("submission"), db_index=True)
    page_id = models.BigIntegerField(_("page"), db_index=True)
    content = models.JSONField(_("suggested content"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("suggested text")
        verbose_name_plural = _("suggested texts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.page_id}"

    def as_object(self) -> Page:
        """Return the page with the suggested text, as `Revision.as_object` does with its own."""
        return Page.objects.get(pk=self.page_id).specific.with_content_json(self.content)

"""The admin inbox, the e-mails that go out for it, and the runs of the worker's jobs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One message to one person, shown in the inbox and, if wanted, e-mailed by the worker."""

    class Kind(models.TextChoices):
        WAITING = "waiting", _("waits for your decision")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CORRECTED = "corrected", _("corrected by a reviewer")
        REMINDER = "reminder", _("reminder")
        ESCALATION = "escalation", _("overdue")
        POST_PUBLICATION_CHECK = "look", _("urgent item to check")
        CHANGE_REQUEST = "proposal", _("change to confirm")
        ACCOUNT = "account", _("account")
        FAILED = "failed", _("could not be published on time")
        REPORT = "report", _("error reported by a reader")
        RECORD_HEAD = "head", _("head of the record")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    # One message per person and event, however often the event is announced.
    key = models.CharField(max_length=120)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)
    # The e-mail: sent by the worker, with growing pauses after a failure. No due time: not planned.
    mail_due_at = models.DateTimeField(null=True, db_index=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_notice_per_event")]
        # By key alone: when something is decided, the messages about it are closed for everybody.
        indexes = [models.Index(fields=["user", "read_at"]), models.Index(fields=["key"])]

    def __str__(self) -> str:
        return self.title


class EmailPreference(models.Model):
    """How often somebody is e-mailed; without a row: each message at once."""

    class Frequency(models.TextChoices):
        EACH = "each", _("each message at once")
        DAILY = "daily", _("one e-mail a day")
        NONE = "none", _("no e-mails")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_preference"
    )
    frequency = models.CharField(
        _("e-mails"), max_length=5, choices=Frequency.choices, default=Frequency.EACH
    )

    class Meta:
        verbose_name = _("e-mail preference")
        verbose_name_plural = _("e-mail preferences")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_frequency_display()}"


class JobRun(models.Model):
    """When the worker last ran a job, and how that ended; one row for each job."""

    name = models.CharField(max_length=40, primary_key=True)
    began_at = models.DateTimeField(_("began"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")

    def __str__(self) -> str:
        return self.name

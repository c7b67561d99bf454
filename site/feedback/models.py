"""Readers' reports of errors and the steps that answer them; never published."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import AppendOnlyModel
from core.text.codes import random_code


def new_number() -> str:
    """Return a number that can be said on the telephone and does not reveal other numbers."""
    return f"{timezone.localdate():%y%m%d}-{random_code(5)}"


class ErrorReport(models.Model):
    """One report of one reader; these fields are all that is known of them."""

    class Kind(models.TextChoices):
        WORD = "word", _("a wrong word")
        FACT = "fact", _("a wrong fact or figure")
        LINK = "link", _("a broken link or picture")
        ACCESS = "access", _("something that cannot be read or used")
        PERSONAL = "personal", _("personal information that should not be public")
        HARMFUL = "harmful", _("illegal or harmful content")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answered")
        NO_FAULT = "no_fault", _("no fault found")

    OPEN = (State.NEW, State.IN_HAND)
    CLOSED = (State.ANSWERED, State.NO_FAULT)
    # What should not stay public any longer.
    PRESSING = (Kind.PERSONAL, Kind.HARMFUL)

    number = models.CharField(_("number"), max_length=12, unique=True, default=new_number)
    district_key = models.UUIDField(_("district"), db_index=True)
    page = models.CharField(_("page"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    words = models.TextField(_("words"), max_length=1000)
    contact = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("Only used to answer; deleted some days after closing."),
    )
    contact_forgotten_at = models.DateTimeField(_("contact deleted"), null=True, editable=False)
    language = models.CharField(_("language"), max_length=12)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_at = models.DateTimeField(_("answer due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    answer = models.TextField(_("answer"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return self.number

    # Set by the views that show it (`report_views.with_ages`).
    age: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still has to be answered."""
        return self.state in self.OPEN

    @property
    def is_pressing(self) -> bool:
        """Whether it is open and cannot wait for its turn."""
        return self.is_open and self.kind in self.PRESSING

    @property
    def lateness(self) -> str:
        """Empty, "late" after the day of the answer, "very-late" after REPORT_RED_DAYS."""
        if not self.is_open:
            return ""
        if self.created_at < timezone.now() - timedelta(days=settings.REPORT_RED_DAYS):
            return "very-late"
        return "late" if self.due_at < timezone.now() else ""


class ReportStep(AppendOnlyModel):
    """One change of a report's state, or a note; written once, never changed."""

    report = models.ForeignKey(ErrorReport, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(_("time"), auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A copy: the account may be deleted.
    user_name = models.CharField(_("person"), max_length=200)
    before = models.CharField(_("from"), max_length=10, choices=ErrorReport.State.choices)
    after = models.CharField(_("to"), max_length=10, choices=ErrorReport.State.choices)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"

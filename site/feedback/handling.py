"""Receive a reader's report, take the steps that answer it, and delete contacts in time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.workdays import after_working_days
from feedback import notices
from feedback.models import ErrorReport, ReportStep
from roles.review_settings import review_settings_of

State = ErrorReport.State
# State → the states that may follow; the same state again is a note.
NEXT_STATES: dict[str, list[State]] = {
    State.NEW: [State.IN_HAND, State.ANSWERED, State.NO_FAULT],
    State.IN_HAND: [State.IN_HAND, State.ANSWERED, State.NO_FAULT],
    State.ANSWERED: [State.IN_HAND],
    State.NO_FAULT: [State.IN_HAND],
}


class StaleReport(Exception):
    """Somebody else has taken a step since this person read the report."""


@transaction.atomic
def receive_report(report: ErrorReport, district_key: UUID) -> ErrorReport:
    """Store a report and notify the district's web editors."""
    report.district_key = district_key
    days_off = review_settings_of(district_key).days_off
    report.due_at = after_working_days(timezone.now(), settings.REPORT_ANSWER_DAYS, days_off)
    report.save()
    notices.notify_received(report)
    return report


@transaction.atomic
def take_step(report: ErrorReport, user: User, state: str, note: str) -> ErrorReport:
    """Change the report's state; `report` is as this person read it.

    Raises:
        StaleReport: its state is another one now, or `state` does not follow on it.
    """
    current = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if current.state != report.state or state not in NEXT_STATES[current.state]:
        raise StaleReport
    step = ReportStep(
        report=current,
        user=user,
        user_name=str(user),
        before=current.state,
        after=state,
        note=note,
    )
    step.save()
    current.state, current.handled_by = state, user
    if state in ErrorReport.CLOSED:
        current.answer, current.closed_at = note, timezone.now()
    else:
        current.closed_at = None
    current.save()
    notices.close_report_notices(current)
    return current


def forget_contacts(now: datetime | None = None) -> int:
    """Delete the contacts of reports that were closed long enough ago; return how many."""
    now = now or timezone.now()
    expired = ErrorReport.objects.filter(
        state__in=ErrorReport.CLOSED,
        closed_at__lte=now - timedelta(days=settings.REPORT_CONTACT_DAYS),
    )
    return expired.exclude(contact="").update(contact="", contact_forgotten_at=now)

"""What becomes of a report: who is told, who may act, which step follows, what is forgotten."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.workdays import after_working_days
from feedback.models import ErrorReport, ReportStep
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, notify
from roles.models import Role, RoleGroup
from roles.review_settings import review_settings_of
from roles.role_queries import scope_keys_held_by

State = ErrorReport.State
# State → what may follow; the same state again is a note.
NEXT = {
    State.NEW: [State.IN_HAND, State.ANSWERED, State.NO_FAULT],
    State.IN_HAND: [State.IN_HAND, State.ANSWERED, State.NO_FAULT],
    State.ANSWERED: [State.IN_HAND],
    State.NO_FAULT: [State.IN_HAND],
}


class Overtaken(Exception):
    """Somebody else has taken a step since this person looked."""


def districts_of(user) -> set:
    """The translation keys of the districts whose reports this person handles by role."""
    return scope_keys_held_by(user, Role.WEB_EDITOR)


def may_handle(user) -> bool:
    """District web editors, and who runs the system; no school and no reviewer."""
    return user.is_superuser or bool(districts_of(user))


def reports_of(user):
    """The reports that this person may read."""
    found = ErrorReport.objects.all()
    return found if user.is_superuser else found.filter(district_key__in=districts_of(user))


@transaction.atomic
def receive(report: ErrorReport, district_key) -> ErrorReport:
    """Store a report and tell the district's web editors."""
    report.district_key = district_key
    days_off = review_settings_of(district_key).days_off
    report.due_at = after_working_days(timezone.now(), settings.REPORT_ANSWER_DAYS, days_off)
    report.save()
    _tell(report)
    return report


def _tell(report: ErrorReport) -> None:
    """Neither words nor contact: letters lie about, and a stranger's links are not passed on."""
    groups = RoleGroup.objects.filter(role=Role.WEB_EDITOR, scope_key=report.district_key)
    editors = get_user_model().objects.filter(groups__role_group__in=groups)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("A reader reports an error: %(kind)s, %(page)s")
        if report.is_pressing:
            title = _("Please look at once, a reader reports: %(kind)s, %(page)s")
        page = report.page or _("the whole site")
        due = timezone.localtime(report.due_at).strftime("%Y-%m-%d")
        notify(
            editors,
            Notice.Kind.REPORT,
            _key(report),
            title % {"kind": report.get_kind_display(), "page": page},
            _("Number %(number)s, to be answered until %(day)s.")
            % {"number": report.number, "day": due},
            admin_url("feedback_report", report.pk),
        )


def _key(report: ErrorReport) -> str:
    return f"report:{report.pk}"


@transaction.atomic
def take_step(report: ErrorReport, user, after: str, note: str) -> ErrorReport:
    """Change the report's state; `report` is as this person saw it.

    Raises:
        Overtaken: its state is another one now, or this step does not follow on it.
    """
    now = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if now.state != report.state or after not in NEXT[State(now.state)]:
        raise Overtaken
    ReportStep.objects.create(
        report=now, user=user, user_name=str(user), before=now.state, after=after, note=note
    )
    now.state, now.handled_by = after, user
    if after in ErrorReport.CLOSED:
        now.answer, now.closed_at = note, timezone.now()
    else:
        now.closed_at = None
    now.save()
    close_notices([_key(now)])
    return now


def forget_contacts(now=None) -> int:
    """Delete the contacts of reports that were closed long enough ago; returns how many."""
    now = now or timezone.now()
    over = ErrorReport.objects.filter(
        state__in=ErrorReport.CLOSED,
        closed_at__lte=now - timedelta(days=settings.REPORT_CONTACT_DAYS),
    )
    return over.exclude(contact="").update(contact="", contact_forgotten_at=now)

"""Notices about readers' reports, to the web editors of the district."""

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.models import ErrorReport
from notifications.models import Notice
from notifications.notices import admin_url, close_notices, in_site_language, notify
from roles.models import Role
from roles.role_queries import role_holders


@in_site_language
def notify_received(report: ErrorReport) -> None:
    """Notify the web editors, with neither the reader's text nor the contact.

    Letters are left lying about, and a stranger's links are not passed on.
    """
    title = _("A reader reports an error: %(kind)s, %(page)s")
    if report.is_pressing:
        title = _("Please look at once, a reader reports: %(kind)s, %(page)s")
    page = report.page or _("the whole site")
    due = timezone.localtime(report.due_at).strftime("%Y-%m-%d")
    notify(
        role_holders(Role.WEB_EDITOR, [report.district_key]),
        Notice.Kind.REPORT,
        _notice_key(report),
        title % {"kind": report.get_kind_display(), "page": page},
        _("Number %(number)s, to be answered until %(day)s.")
        % {"number": report.number, "day": due},
        admin_url("feedback_report", report.pk),
    )


def close_report_notices(report: ErrorReport) -> None:
    """Mark the notices of this report as read: somebody handles it."""
    close_notices([_notice_key(report)])


def _notice_key(report: ErrorReport) -> str:
    # Stored with the notices.
    return f"report:{report.pk}"

"""Job of the worker: approved texts that did not go public at their time."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify, without_notice
from publication.recipients import final_approvers
from roles.scopes import district_key_of

MISSED_AFTER = timedelta(minutes=5)


def report_missed(now: datetime | None = None) -> int:
    """Tell the final approvers, once for each text; return of how many they were told now."""
    now = now or timezone.now()
    missed = Revision.page_revisions.filter(approved_go_live_at__lte=now - MISSED_AFTER)
    return sum(_report(revision) for revision in without_notice(missed, "failed", "pk"))


@in_site_language
def _report(revision: Revision) -> int:
    page = revision.content_object
    if page is None:
        return 0
    due = timezone.localtime(revision.approved_go_live_at).strftime("%Y-%m-%d %H:%M")
    notified = notify(
        final_approvers(district_key_of(page)),
        Notice.Kind.FAILED,
        f"failed:{revision.pk}",
        _("Not public at its time: %(title)s") % {"title": page.get_admin_display_title()},
        _("It was to go public at %(time)s.") % {"time": due},
        admin_url("publication_schedule"),
    )
    return int(notified > 0)

"""Notices about people that somebody on the server appointed."""

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify
from roles.models import Level
from roles.reviewers import reviewers_at
from roles.scopes import district_titles


@in_site_language
def notify_final_approvers(entry: RecordEntry) -> None:
    """Tell the final approvers of every district what was done on the server, and why."""
    notify(
        reviewers_at(district_titles(), Level.FINAL),
        Notice.Kind.ACCOUNT,
        f"record:{entry.pk}",
        entry.title,
        entry.opinion,
        admin_url("audit_record"),
    )

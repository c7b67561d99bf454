"""What publication tells whom: published, scheduled, called back, withdrawn, to be checked."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify
from publication.models import UrgentItem
from publication.recipients import (
    final_approvers,
    post_publication_checkers,
    users_who_may_edit,
    users_with_ids,
    writers,
)

Kind = Notice.Kind


def notify_writers(entry, ids, kind, title: str, url: str = "") -> None:
    """Tell these people, each with the address where to act: the form, else the page."""
    ids = ids - {entry.user_id}
    page = Page.objects.filter(pk=entry.page_id).first()
    edit = ids if url or page is None else users_who_may_edit(ids, page)
    form = url or admin_url("wagtailadmin_pages:edit", entry.page_id)
    public = page.get_url_parts()[2] if page and page.live else admin_url("notifications_inbox")
    for people, where in ((edit, form), (ids - edit, public)):
        if people:
            told, title_of = users_with_ids(people), title % {"title": entry.title}
            notify(told, kind, f"record:{entry.pk}", title_of, entry.opinion, where)


def notify_final_approvers(entry, kind, title: str, url: str) -> None:
    """Tell the final approvers of the entry's district."""
    told = final_approvers(entry.district_key)
    notify(told, kind, f"record:{entry.pk}", title % {"title": entry.title}, entry.opinion, url)


@in_site_language
def published(entry) -> None:
    """Tell the writers; an urgent item asks a third person for a check."""
    notify_writers(entry, writers(entry), Kind.PUBLISHED, _("Published: %(title)s"))
    if entry.urgent:
        request_check(UrgentItem.objects.filter(workflow_state_id=entry.workflow_state_id).first())


@in_site_language
def scheduled(entry) -> None:
    """Tell the writers of an approval that takes effect later."""
    title = _("Approved, goes public at its time: %(title)s")
    notify_writers(entry, writers(entry), Kind.PUBLISHED, title)


@in_site_language
def unscheduled(entry) -> None:
    """Tell the writers, and after a failure the final approvers, that the time was taken back."""
    if entry.detail.get("failed"):
        title = _("Not public at its time: %(title)s")
        notify_final_approvers(entry, Kind.FAILED, title, admin_url("publication_schedule"))
        notify_writers(entry, writers(entry), Kind.FAILED, title)
        return
    title = _("Called back before its time: %(title)s")
    notify_writers(entry, writers(entry), Kind.WITHDRAWN, title)


@in_site_language
def withdrawn(entry) -> None:
    """Tell the writers that their page was withdrawn."""
    notify_writers(entry, writers(entry), Kind.WITHDRAWN, _("Withdrawn: %(title)s"))


@in_site_language
def request_check(urgency) -> None:
    """Ask those who may check an urgent item that is public; nothing if no check is owed."""
    if urgency is None or urgency.check_due_at is None or urgency.checked_at:
        return
    due = timezone.localtime(urgency.check_due_at).strftime("%Y-%m-%d %H:%M")
    notify(
        post_publication_checkers(urgency),
        Kind.LOOK,
        f"look:{urgency.workflow_state_id}",
        _("Published as urgent, please look at it: %(title)s") % {"title": urgency.title},
        _("A third person has to look at it until %(time)s.") % {"time": due},
        admin_url("review_post_publication_checks"),
    )

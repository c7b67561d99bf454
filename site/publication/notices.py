"""What publication tells whom: published, scheduled, called back, withdrawn, to be checked."""

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from audit.models import RecordEntry
from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify
from publication.models import UrgentItem
from publication.recipients import final_approvers, users_who_may_edit, users_with_ids, writers
from publication.urgent_items import post_publication_checkers

Kind = Notice.Kind


def notify_writers(entry: RecordEntry, ids: set[int], kind: str, title: str, url: str = "") -> None:
    """Tell the people with these ids, but not who acted, what `entry` is about.

    `title` has a placeholder for the page's title. Each message leads to where its reader can
    act: to `url` if given, else to the edit form for who may edit the page, else to the page.
    """
    ids = ids - {entry.user_id}
    page = Page.objects.filter(pk=entry.page_id).first()
    editor_ids = ids if url or page is None else users_who_may_edit(ids, page)
    edit_url = url or admin_url("wagtailadmin_pages:edit", entry.page_id)
    is_public = page is not None and page.live
    page_url = page.get_url_parts()[2] if is_public else admin_url("notifications_inbox")
    for recipient_ids, target_url in ((editor_ids, edit_url), (ids - editor_ids, page_url)):
        if recipient_ids:
            recipients = users_with_ids(recipient_ids)
            key, heading = f"record:{entry.pk}", title % {"title": entry.title}
            notify(recipients, kind, key, heading, entry.opinion, target_url)


def notify_final_approvers(entry: RecordEntry, kind: str, title: str, url: str) -> None:
    """Tell the final approvers of the entry's district; `title` has a placeholder for the title."""
    recipients = final_approvers(entry.district_key)
    heading = title % {"title": entry.title}
    notify(recipients, kind, f"record:{entry.pk}", heading, entry.opinion, url)


@in_site_language
def published(entry: RecordEntry) -> None:
    """Tell the writers; ask for the check of an urgent item."""
    notify_writers(entry, writers(entry), Kind.PUBLISHED, _("Published: %(title)s"))
    if entry.urgent:
        urgent_items = UrgentItem.objects.filter(workflow_state_id=entry.workflow_state_id or 0)
        request_check(urgent_items.first())


@in_site_language
def scheduled(entry: RecordEntry) -> None:
    """Tell the writers of an approval that takes effect later."""
    title = _("Approved, goes public at its time: %(title)s")
    notify_writers(entry, writers(entry), Kind.PUBLISHED, title)


@in_site_language
def unscheduled(entry: RecordEntry) -> None:
    """Tell the writers, and after a failure the final approvers, that the time was taken back."""
    if entry.detail.get("failed"):
        title = _("Not public at its time: %(title)s")
        notify_final_approvers(entry, Kind.FAILED, title, admin_url("publication_schedule"))
        notify_writers(entry, writers(entry), Kind.FAILED, title)
        return
    title = _("Called back before its time: %(title)s")
    notify_writers(entry, writers(entry), Kind.WITHDRAWN, title)


@in_site_language
def withdrawn(entry: RecordEntry) -> None:
    """Tell the writers that their page was withdrawn."""
    notify_writers(entry, writers(entry), Kind.WITHDRAWN, _("Withdrawn: %(title)s"))


@in_site_language
def request_check(urgent_item: UrgentItem | None) -> None:
    """Ask those who may check an urgent item that is public; nothing if no check is owed."""
    if urgent_item is None or urgent_item.check_due_at is None or urgent_item.checked_at:
        return
    due = timezone.localtime(urgent_item.check_due_at).strftime("%Y-%m-%d %H:%M")
    notify(
        post_publication_checkers(urgent_item),
        Kind.POST_PUBLICATION_CHECK,
        f"look:{urgent_item.workflow_state_id}",
        _("Published as urgent, please check it: %(title)s") % {"title": urgent_item.title},
        _("A third person has to check it by %(time)s.") % {"time": due},
        admin_url("urgency_checks"),
    )

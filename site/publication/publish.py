"""Making a page public: what the gate, the founding and the scheduler have in common."""

from django.utils.translation import gettext as _

from audit import record
from audit.models import RecordEntry
from core.media import file_locks
from core.publishing.contexts import publishing
from core.publishing.refusals import PublishingRefused
from publication import notices


def publish_revision(page, revision, kind, *, user=None, **details):
    """Publish `revision` (or fix its time, if it has one to come) and put it on the record.

    Whoever calls answers for the approvals. Returns the page as it stands afterwards.

    Raises:
        PublishingRefused: it is not public now, so the record must not say so.
    """
    with publishing(page):
        revision.publish(user=user, skip_permission_checks=True)
    page = type(page).objects.get(pk=page.pk)
    public = page.live and page.live_revision_id == revision.pk
    if kind == RecordEntry.Kind.PUBLICATION and not public:
        raise PublishingRefused(_("Its time has not come yet."))
    if page.live and page.withdrawn_at:
        with publishing(page):
            page.withdrawn_at = None
            page.save(update_fields=["withdrawn_at"])
    entry = record.append(kind, page, revision, user=user, **details)
    if kind == RecordEntry.Kind.PUBLICATION:
        notices.published(entry)
    elif kind == RecordEntry.Kind.SCHEDULE:
        notices.scheduled(entry)
    if public:
        # From now on its files are held by the live page's own references.
        file_locks.release_files(page.pk)
    return page

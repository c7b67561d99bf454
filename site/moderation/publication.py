"""Making a page public: what the gate, the founding and the scheduler have in common."""

from django.utils.translation import gettext as _

from core import holding
from core.publishing import PublishingRefused, publishing
from moderation import pub_notices, record
from moderation.models.record import RecordEntry


def go_public(page, revision, kind, *, user=None, **details):
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
        pub_notices.published(entry)
    elif kind == RecordEntry.Kind.SCHEDULE:
        pub_notices.scheduled(entry)
    if public:
        # From now on its files are held by the live page's own references.
        holding.release(page.pk)
    return page

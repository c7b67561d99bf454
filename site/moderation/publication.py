"""Making a page public: what the gate, the founding and the scheduler have in common."""

from django.db import transaction

from core import holding
from core.publishing import publishing
from core.signals import went_public
from moderation import record


def go_public(page, revision, kind, *, user=None, **details):
    """Publish `revision` (or fix its time, if it has one to come) and put it on the record.

    Whoever calls answers for the approvals. Returns the page as it stands afterwards.
    """
    with publishing(page):
        revision.publish(user=user, skip_permission_checks=True)
    page = type(page).objects.get(pk=page.pk)
    if page.live and page.withdrawn_at:
        with publishing(page):
            page.withdrawn_at = None
            page.save(update_fields=["withdrawn_at"])
    record.append(kind, page, revision, user=user, **details)
    if page.live and page.live_revision_id == revision.pk:
        # From now on its files are held by the live page's own references.
        holding.release(page.pk)
        transaction.on_commit(lambda: went_public.send(sender=type(page), page=page))
    return page

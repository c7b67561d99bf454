"""Make a revision public: shared by the gate, by initial publication and by the schedule."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts.models import User
from audit import record
from audit.models import RecordEntry
from core.media import file_authors, file_locks
from core.models import BasePage
from core.publishing.contexts import publishing
from core.publishing.refusals import PublishingRefused
from publication import notices
from publication.urgent_items import owe_post_publication_check


@dataclass(frozen=True)
class PublishedRevision:
    """What `publish_revision` did: the page as it stands afterwards, and the entry about it."""

    page: BasePage
    entry: RecordEntry


def publish_revision(
    page: BasePage,
    revision: Revision,
    kind: str,
    *,
    user: User | None = None,
    **entry_fields: Any,
) -> PublishedRevision:
    """Publish `revision`, or fix its time if its `go_live_at` is to come, and record it.

    The caller answers for the approvals and for the transaction. `kind` is the record's
    INITIAL_PUBLICATION, PUBLICATION or SCHEDULE; `entry_fields` are fields of the entry.

    Effects, in order:
        the page: Wagtail publishes the revision inside `publishing()`; its save lets
            `search.receivers` update the index, in this transaction and after it
        withdrawal: `withdrawn_at` is cleared when the page is public again
        record: one entry
        urgent item: it owes the check of a third person from now on
        notices: the writers; for an urgent item those who may check it as well
        files: locks are released once the live page's own references protect the files; those of
            a PUBLICATION have been public now, and exclude nobody any more
        queue: nothing here, the item left it when its last level approved
        renditions: nothing here, the worker's job "pictures" makes them (`eager_renditions`)

    Raises:
        PublishingRefused: a PUBLICATION did not become public because its time has not come.
    """
    with publishing(page):
        revision.publish(user=user, skip_permission_checks=True)
    page = type(page).objects.get(pk=page.pk)
    is_public = page.live and page.live_revision_id == revision.pk
    if kind == RecordEntry.Kind.PUBLICATION and not is_public:
        raise PublishingRefused(_("Its time has not come yet."))
    if page.live and page.withdrawn_at:
        with publishing(page):
            page.withdrawn_at = None
            page.save(update_fields=["withdrawn_at"])
    if is_public and page.first_published_at:
        # Readers see it, and nobody writes it: the record keeps it for verification.
        dates = {"first_published_at": page.first_published_at.isoformat()}
        entry_fields["detail"] = entry_fields.get("detail", {}) | dates
    entry = record.append(kind, page, revision, user=user, **entry_fields)
    if kind == RecordEntry.Kind.PUBLICATION:
        if entry.urgent and entry.workflow_state_id:
            owe_post_publication_check(entry.workflow_state_id)
        file_authors.note_public_files(page)
        notices.published(entry)
    elif kind == RecordEntry.Kind.SCHEDULE:
        notices.scheduled(entry)
    if is_public:
        file_locks.release_files(page.pk)
    return PublishedRevision(page, entry)

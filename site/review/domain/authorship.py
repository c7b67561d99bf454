"""The authors of a waiting text, who decide nothing on it."""

from wagtail.models import Page, PageLogEntry

from audit.models import RecordEntry
from audit.record import WENT_PUBLIC
from core.media.file_authors import file_author_ids
from review.models.queue import Suggestion


def author_ids(page: Page, text: Page | None = None) -> set[int]:
    """Return the ids of everybody whose words or files the waiting text of `page` may hold.

    Who saved a version since the one that is live; who wrote an older version that was brought
    back since; whose suggested text was taken over; and who made the files that it shows, as long
    as these have not been public. Without exception: where nobody else is left, the item waits
    for the pool (`review.domain.pool`) or for a deputy. `text` is the latest revision as an
    object, for callers that have it already.
    """
    live_revision_id = page.live_revision_id or 0
    return (
        _writer_ids(page, live_revision_id)
        | _reverted_writer_ids(page, live_revision_id)
        | _suggester_ids(page)
        | file_author_ids(text or page.get_latest_revision_as_object())
    )


def _writer_ids(page: Page, after_id: int, until_id: int | None = None) -> set[int]:
    """Return who saved the revisions after one and up to another."""
    revisions = page.revisions.exclude(user=None).filter(pk__gt=after_id)
    if until_id is not None:
        revisions = revisions.filter(pk__lte=until_id)
    return set(revisions.values_list("user_id", flat=True))


def _reverted_writer_ids(page: Page, since_id: int) -> set[int]:
    """Return the writers of those older versions to which somebody reverted since."""
    reverts = PageLogEntry.objects.filter(
        page_id=page.pk, action="wagtail.revert", revision_id__gt=since_id
    )
    writers: set[int] = set()
    for data in reverts.values_list("data", flat=True):
        target_id = data["revision"]["id"]
        published = RecordEntry.objects.filter(
            page_id=page.pk, kind__in=WENT_PUBLIC, revision_id__lt=target_id
        )
        before_id = published.order_by("-revision_id").values_list("revision_id", flat=True).first()
        writers |= _writer_ids(page, before_id or 0, target_id)
    return writers


def _suggester_ids(page: Page) -> set[int]:
    """Return whose suggestions were accepted since the live version."""
    accepted = Suggestion.objects.filter(page_id=page.pk, accepted_at__isnull=False)
    if page.live_revision:
        accepted = accepted.filter(accepted_at__gt=page.live_revision.created_at)
    return set(accepted.exclude(by=None).values_list("by", flat=True))

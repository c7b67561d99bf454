"""Who wrote what waits: whoever did decides nothing on it."""

from wagtail.models import PageLogEntry

from audit.models import RecordEntry
from audit.record import WENT_PUBLIC
from publication.urgent_items import is_urgent
from review.models.queue import Suggestion
from roles import reviewers
from roles.level_rules import required_levels


def author_ids(page) -> set[int]:
    """Ids of everybody whose words the waiting text of `page` may hold.

    Who saved a version since the one that is live; who wrote an older version that was brought
    back since; and whose suggested text was taken over, if the item can pass without that person.
    """
    since = page.live_revision_id or 0
    found = _writers(page, since, None) | _brought_back(page, since)
    helped = _suggested(page) - found
    return found | helped if helped and _passes_without(page, found | helped) else found


def _writers(page, after: int, until: int | None) -> set[int]:
    revisions = page.revisions.exclude(user=None).filter(pk__gt=after)
    if until is not None:
        revisions = revisions.filter(pk__lte=until)
    return set(revisions.values_list("user_id", flat=True))


def _brought_back(page, since: int) -> set[int]:
    """The writers of those older versions to which somebody went back since."""
    entries = PageLogEntry.objects.filter(
        page_id=page.pk, action="wagtail.revert", revision_id__gt=since
    )
    found: set[int] = set()
    for data in entries.values_list("data", flat=True):
        target = data["revision"]["id"]
        public = RecordEntry.objects.filter(
            page_id=page.pk, kind__in=WENT_PUBLIC, revision_id__lt=target
        )
        before = public.order_by("-revision_id").values_list("revision_id", flat=True).first()
        found |= _writers(page, before or 0, target)
    return found


def _suggested(page) -> set[int]:
    accepted = Suggestion.objects.filter(page_id=page.pk, accepted_at__isnull=False)
    if page.live_revision:
        accepted = accepted.filter(accepted_at__gt=page.live_revision.created_at)
    return set(accepted.exclude(by=None).values_list("by", flat=True))


def _passes_without(page, barred: set[int]) -> bool:
    levels = required_levels(page, is_urgent(page.current_workflow_state))
    return reviewers.can_assign_distinct(
        [reviewers.reviewer_ids(page, level) - barred for level in levels]
    )

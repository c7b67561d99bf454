"""Founding: how pages that the system itself creates become public without review."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from audit.models import RecordEntry
from core.models import BasePage
from core.publishing.refusals import Refused
from publication.publish import publish_revision


class Source(TextChoices):
    """Where a founded page comes from."""

    SYSTEM = "system"
    DEMO = "demo"
    ARCHIVE = "archive"


MARKS = {Source.DEMO: BasePage.Provenance.SAMPLE, Source.ARCHIVE: BasePage.Provenance.ARCHIVE}


@transaction.atomic
def publish_initial(page, source: str, actor=None, at: datetime | None = None):
    """Publish a draft that nobody has written and that was never public; returns the page.

    Demo and archive pages are marked as such. `at` (aware) becomes their first day, so that a
    sample district has a past; system pages begin now.

    Raises:
        Refused: it was public before, somebody has written in it, or production would found
            content that belongs into review.
    """
    source = Source(source)
    reasons = _reasons_against(page, source)
    if reasons:
        raise Refused(reasons)
    page.provenance = MARKS.get(source, BasePage.Provenance.OWN)
    if at and source != Source.SYSTEM:
        page.first_published_at = at
    page.save()
    revision = page.save_revision()
    return publish_revision(
        page, revision, RecordEntry.Kind.FOUNDING, user=actor, opinion=source.value
    )


def _reasons_against(page, source: Source) -> list[str]:
    reasons = []
    if page.live or page.first_published_at or page.live_revision_id:
        reasons.append(_("Only a page that was never public can be founded."))
    if page.owner_id or page.revisions.exclude(user=None).exists():
        reasons.append(_("A page that somebody has written goes through review."))
    framework = source == Source.SYSTEM and page.published_by_system
    if settings.PRODUCTION and not framework and source != Source.ARCHIVE:
        reasons.append(_("In production only the site's own framework is founded."))
    return reasons

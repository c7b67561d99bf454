"""Initial publication: how pages that the system itself creates become public without review."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import RecordEntry
from core.models import BasePage
from core.publishing.refusals import Refused
from publication.publish import publish_revision


class Source(TextChoices):
    """Where a page comes from that is published initially; kept on the record."""

    SYSTEM = "system"
    DEMO = "demo"
    ARCHIVE = "archive"


PROVENANCE = {Source.DEMO: BasePage.Provenance.SAMPLE, Source.ARCHIVE: BasePage.Provenance.ARCHIVE}


@transaction.atomic
def publish_initial(
    page: BasePage, source: str, actor: User | None = None, at: datetime | None = None
) -> BasePage:
    """Publish a draft that nobody has written and that was never public; return the page.

    Demo and archive pages are marked as such. `at` (aware) becomes their `first_published_at`, so
    that a sample district has a past; it is ignored for system pages, which begin now.

    The effects are those of `publish_revision`, without notices.

    Raises:
        Refused: it was public before, somebody has written in it, or it is content that in
            production belongs into review.
    """
    source = Source(source)
    errors = initial_publication_errors(page, source)
    if errors:
        raise Refused(errors)
    page.provenance = PROVENANCE.get(source, BasePage.Provenance.OWN)
    if at and source != Source.SYSTEM:
        page.first_published_at = at
    page.save()
    revision = page.save_revision()
    return publish_revision(
        page, revision, RecordEntry.Kind.INITIAL_PUBLICATION, user=actor, opinion=source.value
    ).page


def initial_publication_errors(page: BasePage, source: Source) -> list[str]:
    """Return why `page` may not be published without review; empty if nothing is against it."""
    errors = []
    if page.live or page.first_published_at or page.live_revision_id:
        errors.append(_("Only a page that was never public can be published without review."))
    if page.owner_id or page.revisions.exclude(user=None).exists():
        errors.append(_("A page that somebody has written goes through review."))
    is_framework = source == Source.SYSTEM and page.published_by_system
    if settings.PRODUCTION and not is_framework and source != Source.ARCHIVE:
        errors.append(_("In production only the site's own framework is published without review."))
    return errors

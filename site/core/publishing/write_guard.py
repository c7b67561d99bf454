"""The write guard: a page's public state and text change only inside `publishing()`.

It knows nothing of review levels. Only `publication` opens `publishing()`.
"""

from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from core.publishing.content import BOOKKEEPING, content_of, same_value
from core.publishing.contexts import is_confirmed_change, is_correcting, is_publishing
from core.publishing.refusals import PublishingRefused
from core.tree import HOME_DEPTH


def touches_public(page: Page) -> bool:
    """Whether the public sees this page or anything below it, whatever the object in hand says."""
    return page.live or Page.objects.live().filter(path__startswith=page.path).exists()


def guard_write(page: Page, columns=None) -> None:
    """Refuse to save a page whose public state would change outside `publishing()`.

    `columns` are the only ones to be written, if given.

    Raises:
        PublishingRefused: it would go live or down, its live revision or its text on the public
            site would change, it is an alias (an alias follows another page's publication
            without any review of its own), or it would be a new root of a site.
    """
    if page.pk is not None and is_publishing(page.pk):
        return
    if page._state.adding and page.depth == HOME_DEPTH and not is_confirmed_change():
        raise PublishingRefused(_("A home page is made when its district is set up, not here."))
    before = Page.objects.filter(pk=page.pk).values("live", "live_revision_id").first()
    if before is None:
        before = {"live": False, "live_revision_id": None}
    if page.live and not before["live"]:
        raise PublishingRefused(_("Only the last review level puts a page on the public site."))
    if before["live"] and not page.live:
        raise PublishingRefused(_("A public page comes down only by withdrawal, with a reason."))
    if page.live_revision_id != before["live_revision_id"]:
        raise PublishingRefused(_("What is public changes only through review."))
    if page.alias_of_id:
        raise PublishingRefused(_("A page has one address; aliases are not used here."))
    if before["live"] and page.live and _rewrites(page, columns):
        raise PublishingRefused(_("What is public changes only through review."))


def _rewrites(page: Page, columns) -> bool:
    """Whether a save would exchange the text of a live page in place, past any revision."""
    if columns is not None and set(columns) <= BOOKKEEPING:
        return False
    stored = content_of(type(page)._base_manager.get(pk=page.pk))
    written = content_of(page)
    names = written.keys() if columns is None else written.keys() & set(columns)
    return not all(same_value(written[name], stored[name]) for name in names)


def guard_revision(page: Page, overwritten=None) -> None:
    """Refuse to change a text that is being reviewed, has been reviewed, or is public.

    Raises:
        PublishingRefused: the page waits for a decision, or `overwritten` (the revision that an
            autosave would rewrite in place) has a review history, is scheduled or is live.
    """
    if page.workflow_in_progress and not is_correcting(page.pk):
        raise PublishingRefused(
            _("This page is being reviewed. Call it back before you change the text.")
        )
    if overwritten is None:
        return
    if (
        overwritten.approved_go_live_at
        or overwritten.pk == page.live_revision_id
        or TaskState.objects.filter(revision=overwritten).exists()
    ):
        raise PublishingRefused(_("This version has been submitted; save a new one instead."))

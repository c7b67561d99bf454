"""The write guard: a page's public state and text change only inside `publishing()`.

It knows nothing of review levels. Only `publication` opens `publishing()`.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from core.publishing.content import BOOKKEEPING, content_of, same_value
from core.publishing.contexts import is_confirmed_change, is_correcting, is_publishing
from core.publishing.refusals import PublishingRefused
from core.tree import HOME_DEPTH


def is_live_or_has_live_descendants(page: Page) -> bool:
    """Return whether the public sees this page, or anything below it by the stored tree."""
    return bool(page.live or Page.objects.live().filter(path__startswith=page.path).exists())


def guard_write(page: Page, update_fields: Collection[str] | None = None) -> None:
    """Refuse to save a page whose public state would change outside `publishing()`.

    `update_fields` are the only fields to be written, if given.

    Raises:
        PublishingRefused: it would go live or be taken down, its live revision or its text on the
            public site would change, it is an alias (an alias follows another page's publication
            without any review of its own), or it would be a new home page.
    """
    if page.pk is not None and is_publishing(page.pk):
        return
    if page._state.adding and page.depth == HOME_DEPTH and not is_confirmed_change():
        raise PublishingRefused(_("A home page is made when its district is set up, not here."))
    stored = Page.objects.filter(pk=page.pk).values("live", "live_revision_id").first()
    if stored is None:
        stored = {"live": False, "live_revision_id": None}
    if page.live and not stored["live"]:
        raise PublishingRefused(_("Only the last review level puts a page on the public site."))
    if stored["live"] and not page.live:
        raise PublishingRefused(_("A public page comes down only by withdrawal, with a reason."))
    if page.live_revision_id != stored["live_revision_id"]:
        raise PublishingRefused(_("What is public changes only through review."))
    if page.alias_of_id:
        raise PublishingRefused(_("A page has one address; aliases are not used here."))
    if stored["live"] and page.live and _changes_content(page, update_fields):
        raise PublishingRefused(_("What is public changes only through review."))


def _changes_content(page: Page, update_fields: Collection[str] | None) -> bool:
    """Return whether a save would change the content of a live page without any revision."""
    if update_fields is not None and set(update_fields) <= BOOKKEEPING:
        return False
    stored = content_of(type(page)._base_manager.get(pk=page.pk))
    written = content_of(page)
    names = set(written) if update_fields is None else set(written) & set(update_fields)
    return not all(same_value(written[name], stored[name]) for name in names)


def guard_revision(page: Page, overwritten: Revision | None = None) -> None:
    """Refuse to change a text that is in review, has been reviewed, or is public.

    Raises:
        PublishingRefused: the page is in review, or `overwritten` (the revision that an autosave
            would rewrite in place) has a review history, is scheduled or is live.
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

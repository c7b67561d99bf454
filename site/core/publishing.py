"""The write guard and the permission tester: nobody publishes, whatever the permission rows say.

Neither knows anything of review levels. `moderation.gate` and `moderation.founding` are the only
callers of `publishing()`; what the tester forgets to refuse, the guard refuses at the write.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, TaskState, get_page_models

from core.bound import is_bound
from core.tree import HOME_DEPTH

# What the system keeps about a page, as against what people write in it. Everything else,
# fields to come included, is content.
BOOKKEEPING = {
    "pk",
    "path",
    "depth",
    "numchild",
    "url_path",
    "draft_title",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "withdrawn_at",
    "wagtail_admin_comments",
}

_page_being_published: ContextVar[int | None] = ContextVar("page_being_published", default=None)
_page_being_corrected: ContextVar[int | None] = ContextVar("page_being_corrected", default=None)
_change_confirmed: ContextVar[bool] = ContextVar("change_confirmed", default=False)
_heard: ContextVar[list[str] | None] = ContextVar("refusals_heard", default=None)


class PublishingRefused(PermissionDenied):
    """A write would have changed what the public sees without passing the gate."""

    def __init__(self, *args):
        super().__init__(*args)
        heard = _heard.get()
        if heard is not None:
            heard.append(str(self))


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect the words of every refusal inside the block.

    Wagtail's admin answers each PermissionDenied with the same sentence and drops the reason.
    """
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


@contextmanager
def publishing(page: Page) -> Iterator[None]:
    """Let the public state of this one page (and no other) change inside the block."""
    token = _page_being_published.set(page.pk)
    try:
        yield
    finally:
        _page_being_published.reset(token)


@contextmanager
def correcting(page: Page) -> Iterator[None]:
    """Let a reviewer save a new version of this page while it waits for a decision."""
    token = _page_being_corrected.set(page.pk)
    try:
        yield
    finally:
        _page_being_corrected.reset(token)


@contextmanager
def confirmed_change() -> Iterator[None]:
    """Let settings that readers see (sites, redirects, restrictions) change inside the block."""
    token = _change_confirmed.set(True)
    try:
        yield
    finally:
        _change_confirmed.reset(token)


def is_confirmed_change() -> bool:
    """Whether a change of what readers see, other than a page's text, was confirmed."""
    return _change_confirmed.get()


def is_publishing(page_id) -> bool:
    """Whether the gate (or the founding, the scheduler, a withdrawal) is at work on this page."""
    return str(_page_being_published.get()) == str(page_id)


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
    if page.pk is not None and _page_being_published.get() == page.pk:
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
    stored = _content(type(page)._base_manager.get(pk=page.pk))
    written = _content(page)
    names = written.keys() if columns is None else written.keys() & set(columns)
    return not all(same_value(written[name], stored[name]) for name in names)


def same_value(one, other) -> bool:
    """Whether two values of serialised fields say the same.

    The body is JSON in a string, and PostgreSQL gives back the keys of its blocks in another order.
    """
    if one == other:
        return True
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    try:
        return json.loads(one) == json.loads(other)
    except ValueError:
        return False


def _content(page: Page) -> dict:
    """What people wrote in a page, in the form in which revisions keep it."""
    content = json.loads(page.to_json())
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}


def guard_revision(page: Page, overwritten=None) -> None:
    """Refuse to change a text that is being reviewed, has been reviewed, or is public.

    Raises:
        PublishingRefused: the page waits for a decision, or `overwritten` (the revision that an
            autosave would rewrite in place) has a review history, is scheduled or is live.
    """
    if page.workflow_in_progress and _page_being_corrected.get() != page.pk:
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


class DistrictPagePermissionTester(PagePermissionTester):
    """Wagtail's tester without its ways to change what is public.

    Rows from above a boundary page (`BasePage.permission_boundary`) do not count for editing
    inside it: the district's web editor does not write in a school's name.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        if hasattr(self, "permissions") and self.permissions & {"add", "change"}:
            self.permissions -= {"add", "change"} - self._rows_inside_boundary()

    def _rows_inside_boundary(self) -> set[str]:
        floor = boundary_depth(self.page, self.user)
        return {
            row.permission.codename.rsplit("_", maxsplit=1)[0]
            for row in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(row.page.path) and row.page.depth >= floor
        }

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_delete(self, ignore_bulk=False) -> bool:
        return not is_bound(self.page) and super().can_delete(ignore_bulk)

    def can_move_to(self, destination) -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_lock(self) -> bool:
        # The row "lock" only lets reviewers see the tree; see docs/decisions/0002.
        return self.user.is_superuser

    def can_unlock(self) -> bool:
        return self.user.is_superuser or self.user_has_lock()


def boundary_depth(page: Page, user) -> int:
    """Depth of the nearest boundary page at or above `page`; 1 (the tree's root) if none.

    Remembered on `user` (one object per request) by parent, so that a listing asks once.
    """
    if getattr(page.specific_class, "permission_boundary", False):
        return page.depth
    parent_path = page.path[: -page.steplen]
    known = user.__dict__.setdefault("_boundary_depths", {})
    if parent_path not in known:
        paths = [
            parent_path[:end] for end in range(page.steplen, len(parent_path) + 1, page.steplen)
        ]
        known[parent_path] = (
            Page.objects.filter(path__in=paths, content_type__in=boundary_types()).aggregate(
                depth=Max("depth")
            )["depth"]
            or 1
        )
    return known[parent_path]


def boundary_types() -> list[ContentType]:
    """Content types of the page types that are boundaries."""
    models = [model for model in get_page_models() if getattr(model, "permission_boundary", False)]
    return list(ContentType.objects.get_for_models(*models).values())


class Refused(PublishingRefused):
    """The gate's answer, with its reasons in words for the person who decides."""

    def __init__(self, reasons: list[str]):
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))

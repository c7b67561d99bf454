"""Pages that were changed beside the record: taken down, moved, redated, or shown otherwise."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from audit.models import RecordEntry
from audit.record import TAKEN_DOWN, WENT_PUBLIC
from audit.verification.chain import CHUNK
from audit.verification.problems import Problem
from core.media.storage import stored_hash
from core.models import Rendition
from core.tree import below_root
from search.index_sync import index_differences


def page_problems() -> Iterator[Problem]:
    """Yield pages that are not where, when and how the record says they are public."""
    yield from missing_page_problems()
    yield from address_problems()
    yield from date_problems()
    yield from restriction_problems()
    yield from rendition_problems()
    yield from search_problems()


def missing_page_problems() -> Iterator[Problem]:
    """Yield pages whose last entry made them public, and which are not public now."""
    last: dict[int, tuple[str, str]] = {}
    entries = RecordEntry.objects.filter(kind__in=WENT_PUBLIC + TAKEN_DOWN).order_by("pk")
    for page_id, kind, title in entries.values_list("page_id", "kind", "title").iterator():
        last[page_id] = (kind, title)
    live = set(Page.objects.live().values_list("pk", flat=True))
    for page_id, (kind, title) in last.items():
        if kind in WENT_PUBLIC and page_id not in live:
            message = _("“%s” is public no more, and no entry says why.")
            yield Problem(message % title, page_id=page_id)


def address_problems() -> Iterator[Problem]:
    """Yield pages whose address does not follow from their own part of it and the page above."""
    url_paths: dict[str, str] = {}
    rows = Page.objects.order_by("path").values_list("pk", "path", "url_path", "slug", "depth")
    for pk, path, url_path, slug, depth in rows.iterator():
        url_paths[path] = url_path
        above = url_paths.get(path[: -Page.steplen])
        if depth > 1 and above is not None and url_path != f"{above}{slug}/":
            message = _("%s: the address was changed beside the record.")
            yield Problem(message % url_path, page_id=pk)


def date_problems() -> Iterator[Problem]:
    """Yield public pages whose first date is not the one of their last publication's entry."""
    recorded: dict[int, Any] = {}
    entries = RecordEntry.objects.filter(kind__in=WENT_PUBLIC).order_by("pk")
    for page_id, detail in entries.values_list("page_id", "detail").iterator():
        recorded[page_id] = detail.get("first_published_at")
    pages = Page.objects.live().filter(below_root())
    rows = pages.values_list("pk", "url_path", "first_published_at")
    for pk, url_path, first_published_at in rows.iterator():
        known = recorded.get(pk)
        if known and (first_published_at is None or known != first_published_at.isoformat()):
            message = _("%s: the date of its first publication was changed.")
            yield Problem(message % url_path, page_id=pk)


def restriction_problems() -> Iterator[Problem]:
    """Yield passwords and logins that stand before pages and files: none is set on this site."""
    for model in (PageViewRestriction, CollectionViewRestriction):
        for restriction in model.objects.all():
            message = _("%(kind)s %(id)s: no entry says so.")
            label = restriction._meta.verbose_name
            yield Problem(message % {"kind": label, "id": restriction.pk})


def rendition_problems() -> Iterator[Problem]:
    """Yield public pictures whose bytes on the disk are not those that were made."""
    for rendition in Rendition.objects.exclude(file_hash="").iterator(CHUNK):
        if stored_hash(rendition) not in (rendition.file_hash, ""):
            message = _("Public picture %s: it was exchanged on the disk.")
            yield Problem(message % rendition.file.name)


def search_problems() -> Iterator[Problem]:
    """Yield public pages that the search shows otherwise than they are, and what is not public."""
    page_ids = list(Page.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(page_ids), CHUNK):
        for page_id, url_path in index_differences(page_ids[start : start + CHUNK]):
            message = _("%s: the search shows another text than the page.")
            yield Problem(message % url_path, page_id=page_id)

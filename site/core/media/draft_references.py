"""Files that texts refer to which are not public yet: they could not be opened without them.

Wagtail's reference index follows the rows of pages, so it knows the public text of a live page and
nothing of its draft. Files are deleted rarely: these texts are searched then, and no index is kept.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from core.media.references import file_ids

# What surrounds a key in JSON, in JSON inside of it, and in the markup of rich text.
KEY_BOUNDARY = "[^0-9A-Za-z.-]"
BATCH_SIZE = 500


def draft_revisions() -> QuerySet[Revision]:
    """Return the newest revisions that are not public: drafts, and what waits for a decision."""
    pages = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False))
    return Revision.page_revisions.filter(pk__in=pages.values("latest_revision"))


def scheduled_revisions() -> QuerySet[Revision]:
    """Return the revisions that will be published at their time."""
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False)


# Each returns rows with `content` (what `Page.with_content_json` takes) and `as_object()`.
_sources: list[Callable[[], QuerySet]] = [draft_revisions, scheduled_revisions]


def register_source(source: Callable[[], QuerySet]) -> None:
    """Add a source of such texts: a queryset of rows with `content` and `as_object()`."""
    if source not in _sources:
        _sources.append(source)


def is_referenced_by_draft(file: Any) -> bool:
    """Return whether a draft, waiting, scheduled or suggested text refers to this file."""
    return any(str(file.pk) in file_ids(page)[type(file)] for page in _candidates(file))


def _candidates(file: Any) -> Iterator[Page]:
    """Yield the texts in which the key occurs, as the key of anything."""
    key = rf"{KEY_BOUNDARY}{file.pk}{KEY_BOUNDARY}"
    for source in _sources:
        for rows in _batches(source()):
            with_text = rows.annotate(content_text=Cast("content", TextField()))
            yield from (row.as_object() for row in with_text.filter(content_text__regex=key))


def _batches(rows: QuerySet) -> Iterator[QuerySet]:
    """Yield the same rows by their keys: in one query PostgreSQL may search all rows there are."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH_SIZE):
        yield rows.model._base_manager.filter(pk__in=keys[start : start + BATCH_SIZE])

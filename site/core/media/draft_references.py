"""Files that a text names which is not public yet: it could not be opened without them.

Wagtail's index of references follows the rows of pages, so it knows the public text of a live
page and nothing of its draft. Deleting is rare: these texts are searched then, and no rows kept.
"""

from collections.abc import Callable, Iterator

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from core.media.references import file_ids

# What stands around a key in JSON, in JSON inside of it, and in the markup of rich text.
EDGE = "[^0-9A-Za-z.-]"
BATCH = 500


def drafts() -> QuerySet[Revision]:
    """The newest versions that the public does not see: drafts, and what waits for a decision."""
    pages = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False))
    return Revision.page_revisions.filter(pk__in=pages.values("latest_revision"))


def scheduled() -> QuerySet[Revision]:
    """The versions that go public at their time."""
    return Revision.page_revisions.filter(approved_go_live_at__isnull=False)


# Each gives rows with `content` (what `Page.with_content_json` takes) and `as_object()`.
# Apps above add theirs with `also_ask`.
_sources: list[Callable[[], QuerySet]] = [drafts, scheduled]


def register_source(source: Callable[[], QuerySet]) -> None:
    """Let `source` tell of more such texts: rows with `content` and `as_object()`."""
    if source not in _sources:
        _sources.append(source)


def is_referenced_by_draft(file) -> bool:
    """Whether a draft, a waiting, scheduled or suggested text names this image or document."""
    return any(str(file.pk) in file_ids(text)[type(file)] for text in _candidates(file))


def _candidates(file) -> Iterator[Page]:
    """The texts in which the key occurs at all, as somebody's; only these are worth loading."""
    key = rf"{EDGE}{file.pk}{EDGE}"
    for source in _sources:
        for rows in _batches(source()):
            words = rows.annotate(words=Cast("content", TextField()))
            yield from (row.as_object() for row in words.filter(words__regex=key))


def _batches(found) -> Iterator[QuerySet]:
    """The same rows by their keys: in one query PostgreSQL may search all rows there are."""
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield found.model._base_manager.filter(pk__in=keys[start : start + BATCH])

"""Keeps the public entries in step with the pages: what goes public is found at once.

A page's entry is written in the transaction that changes the page, so that a crash cannot separate
them; and once more after the commit, because a page's stops or recognitions are saved after it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from core.models import BasePage
from core.reachability import Branches, hidden_branches, reachable
from core.tree import below_root, home_path
from schools.models import SchoolPage
from search.extraction import extract_text, join_parts
from search.models import PublicEntry, PublicText

BATCH = 200
# The attribute of a connection that holds the pages saved in its transaction.
PENDING = "_pages_pending_for_search"
ENTRY_FIELDS = [field.name for field in PublicEntry._meta.concrete_fields if not field.primary_key]


def update_entry(page: BasePage, all_fields: bool = True) -> None:
    """Write or delete the entry of a page that has just been saved.

    Without `all_fields` only some of its fields were saved, and it is read again.
    """
    if not page.live:
        PublicEntry.objects.filter(pk=page.pk).delete()
        return
    with _locked([page.pk]):
        _update_live_page(page, all_fields)


def _update_live_page(page: BasePage, all_fields: bool) -> None:
    _pending().add(page.pk)
    transaction.on_commit(_refresh_pending)
    this_page = Page.objects.filter(pk=page.pk)
    children = (
        reachable(this_page, hidden_branches([page.path]))
        .values_list("numchild", flat=True)
        .first()
    )
    if children and not PublicEntry.objects.filter(pk=page.pk).exists():
        # What lies below it may have been live all the while, but not reachable.
        refresh_branch(page)
    elif children is None or not all_fields:
        refresh([page.pk])
    else:
        _write([page])


def refresh_branch(page: Page) -> None:
    """Refresh the page and everything below it, which came down, moved or was restricted."""
    branch = Page.objects.descendant_of(page, inclusive=True).order_by("pk")
    page_ids = list(branch.values_list("pk", flat=True))
    for start in range(0, len(page_ids), BATCH):
        refresh(page_ids[start : start + BATCH])


def refresh(page_ids: Iterable[int], hidden: Branches | None = None) -> list[BasePage]:
    """Write the entries of these pages and delete those of pages that nobody can reach.

    `hidden` is what `hidden_branches` returns, for whoever refreshes many batches. Returns the
    public ones of these pages.
    """
    page_ids = list(page_ids)
    with _locked(page_ids):
        return _refresh(page_ids, hidden)


@contextmanager
def _locked(page_ids: list[int]) -> Iterator[None]:
    """Keep the pages from being taken down between reading whether they are public and writing."""
    with transaction.atomic():
        pages = Page.objects.select_for_update().filter(pk__in=page_ids).order_by("pk")
        list(pages.values_list("pk"))
        yield


def _refresh(page_ids: list[int], hidden: Branches | None) -> list[BasePage]:
    pages = _reachable_pages(page_ids, hidden)
    PublicEntry.objects.filter(pk__in=set(page_ids) - {page.pk for page in pages}).delete()
    _write(pages)
    return pages


def _reachable_pages(page_ids: list[int], hidden: Branches | None) -> list[BasePage]:
    live_pages = Page.objects.filter(below_root(), pk__in=page_ids, live=True)
    paths = list(live_pages.values_list("path", flat=True))
    if not paths:
        return []
    hidden = hidden_branches(paths) if hidden is None else hidden
    reachable_pages = reachable(live_pages, hidden).specific()
    return [page for page in reachable_pages if isinstance(page, BasePage)]


def index_differences(page_ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield (id, URL path) of those pages whose entry or text is not what `refresh` would write."""
    page_ids = list(page_ids)
    pages = {page.pk: page for page in _reachable_pages(page_ids, None)}
    stored = PublicEntry.objects.in_bulk(page_ids)
    texts = dict(PublicText.objects.filter(pk__in=page_ids).values_list("pk", "text"))
    expected = {entry.page_id: entry for entry in _build_entries(list(pages.values()))}
    for page_id in sorted(stored.keys() | expected.keys()):
        entry, right = stored.get(page_id), expected.get(page_id)
        same = (
            entry
            and right
            and all(
                getattr(entry, field.attname) == getattr(right, field.attname)
                for field in PublicEntry._meta.concrete_fields
            )
        )
        if not same or texts.get(page_id) != join_parts(extract_text(pages[page_id]).body):
            page = Page.objects.filter(pk=page_id).first()
            yield page_id, page.url_path if page else str(page_id)


def _write(pages: list[BasePage]) -> None:
    PublicEntry.objects.bulk_create(
        _build_entries(pages),
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=ENTRY_FIELDS,
    )
    texts = [PublicText(pk=page.pk, text=join_parts(extract_text(page).body)) for page in pages]
    PublicText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=["text"]
    )


def refresh_all(report_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write the entries of all pages, a batch at a time; the old ones serve meanwhile.

    `report_progress` is called after each batch. Returns the number of public pages.
    """
    all_pages = Page.objects.filter(below_root()).order_by("pk")
    page_ids = list(all_pages.values_list("pk", flat=True))
    hidden, public = hidden_branches(), 0
    for start in range(0, len(page_ids), BATCH):
        public += len(refresh(page_ids[start : start + BATCH], hidden))
        report_progress(min(start + BATCH, len(page_ids)), len(page_ids))
    return public


def _build_entries(pages: list[BasePage]) -> list[PublicEntry]:
    home_paths = {home_path(page) for page in pages}
    home_ids = dict(Page.objects.filter(path__in=home_paths).values_list("path", "pk"))
    school_ids = {school_id for page in pages if (school_id := _school_id(page))}
    schools = SchoolPage.objects.in_bulk(school_ids)
    return [
        _build_entry(page, home_ids[home_path(page)], schools.get(_school_id(page)))
        for page in pages
    ]


def stage_label(school: SchoolPage) -> str:
    """Return the school's stage in the language of its page."""
    return "".join(_facet_values("stage", school)[:1])


def _build_entry(page: BasePage, home_id: int, school: SchoolPage | None) -> PublicEntry:
    published_at = page.first_published_at
    return PublicEntry(
        page_id=page.pk,
        home_id=home_id,
        kind=str(page._meta.model_name),
        school=school,
        stage=stage_label(school) if school else "",
        grades="\n".join(_facet_values("grade", page)),
        year=timezone.localtime(published_at).year if published_at else None,
        published_at=published_at,
        ends_at=page.ends_at,
    )


def _facet_values(name: str, page: BasePage) -> list[str]:
    with translation.override(page.locale.language_code):
        values = [str(facet.value) for facet in page.facets() if facet.name == name and facet.value]
    return list(dict.fromkeys(values))


def _school_id(page: BasePage) -> int | None:
    return page.pk if isinstance(page, SchoolPage) else getattr(page, "school_id", None)


def _pending() -> set[int]:
    """Return the primary keys of the pages to refresh after the transaction."""
    if not hasattr(connection, PENDING):
        setattr(connection, PENDING, set())
    return getattr(connection, PENDING)


def _refresh_pending() -> None:
    page_ids = sorted(_pending())
    _pending().clear()
    for start in range(0, len(page_ids), BATCH):
        with transaction.atomic():
            for page in refresh(page_ids[start : start + BATCH]):
                insert_or_update_object(page)

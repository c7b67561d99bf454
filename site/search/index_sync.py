"""Keeps the entries true: what becomes public is found at once, what comes down is not.

A page's entry is written in the transaction that changes the page, so that no crash comes between
them; and once more after it, because a page's stops or recognitions are saved after the page.
"""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from core.models import BasePage
from core.reachability import hidden_branches, reachable
from core.tree import below_root, home_path
from schools.models import SchoolPage
from search.extraction import extract_of, text_of
from search.models import PublicEntry, PublicText

BATCH = 200
FIELDS = [field.name for field in PublicEntry._meta.concrete_fields if not field.primary_key]


def saved(page: BasePage, whole: bool = True) -> None:
    """Follow a page that has just been saved; not `whole`: only some of its fields were."""
    if not page.live:
        PublicEntry.objects.filter(pk=page.pk).delete()
        return
    with _held([page.pk]):
        _follow(page, whole)


def _follow(page: BasePage, whole: bool) -> None:
    _noted().add(page.pk)
    transaction.on_commit(_look_again)
    reached = reachable(Page.objects.filter(pk=page.pk), hidden_branches([page.path]))
    children = reached.values_list("numchild", flat=True).first()
    if children and not PublicEntry.objects.filter(pk=page.pk).exists():
        # What lies below it may have been public all the while, but out of reach.
        changed_below(page)
    elif children is None or not whole:
        refresh([page.pk])
    else:
        _write([page])


def changed_below(page: Page) -> None:
    """Follow a branch of the tree that has come down, moved or been restricted."""
    branch = Page.objects.descendant_of(page, inclusive=True).order_by("pk")
    keys = list(branch.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        refresh(keys[start : start + BATCH])


def refresh(keys: Iterable[int], dead=None) -> list[BasePage]:
    """Write the entries of these pages anew and drop those of pages that nobody can reach.

    `dead` spares whoever asks for many batches the question which branches are not public.
    Returns the pages that are.
    """
    keys = list(keys)
    with _held(keys):
        return _refresh(keys, dead)


@contextmanager
def _held(keys: list[int]):
    """Between reading whether pages are public and writing it nobody takes them down."""
    with transaction.atomic():
        list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        yield


def _refresh(keys: list[int], dead) -> list[BasePage]:
    live = Page.objects.filter(below_root(), pk__in=keys, live=True)
    paths = list(live.values_list("path", flat=True))
    found = (
        reachable(live, hidden_branches(paths) if dead is None else dead).specific()
        if paths
        else []
    )
    pages = [page for page in found if isinstance(page, BasePage)]
    PublicEntry.objects.filter(pk__in=set(keys) - {page.pk for page in pages}).delete()
    _write(pages)
    return pages


def _write(pages: list[BasePage]) -> None:
    PublicEntry.objects.bulk_create(
        _entries_of(pages), update_conflicts=True, unique_fields=["page"], update_fields=FIELDS
    )
    texts = [PublicText(pk=page.pk, text=text_of(extract_of(page).body)) for page in pages]
    PublicText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["entry"], update_fields=["text"]
    )


def refresh_all(progress=lambda done, total: None) -> int:
    """Write the entries of all pages anew, a batch at a time; the old ones serve meanwhile.

    `progress` is told after each batch. Returns how many pages are public.
    """
    keys = list(Page.objects.filter(below_root()).order_by("pk").values_list("pk", flat=True))
    dead, public = hidden_branches(), 0
    for start in range(0, len(keys), BATCH):
        public += len(refresh(keys[start : start + BATCH], dead))
        progress(min(start + BATCH, len(keys)), len(keys))
    return public


def _entries_of(pages: list[BasePage]) -> list[PublicEntry]:
    homes = {home_path(page) for page in pages}
    homes = dict(Page.objects.filter(path__in=homes).values_list("path", "pk"))
    schools = SchoolPage.objects.in_bulk({key for page in pages if (key := _school_of(page))})
    return [_entry(page, homes[home_path(page)], schools.get(_school_of(page))) for page in pages]


def stage_of(school: SchoolPage) -> str:
    """The school's stage, in the words and the language of its page."""
    return "".join(_values("stage", school)[:1])


def _entry(page: BasePage, home: int, school: SchoolPage | None) -> PublicEntry:
    since = page.first_published_at
    return PublicEntry(
        page_id=page.pk,
        home_id=home,
        kind=page._meta.model_name,
        school=school,
        stage=stage_of(school) if school else "",
        grades="\n".join(_values("grade", page)),
        year=timezone.localtime(since).year if since else None,
        published_at=since,
        ends_at=page.ends_at,
    )


def _values(facet: str, page: BasePage) -> list[str]:
    with translation.override(page.locale.language_code):
        values = [str(one.value) for one in page.facets() if one.name == facet and one.value]
    return list(dict.fromkeys(values))


def _school_of(page: BasePage) -> int | None:
    return page.pk if isinstance(page, SchoolPage) else getattr(page, "school_id", None)


def _noted() -> set[int]:
    if not hasattr(connection, "_noted_by_search"):
        connection._noted_by_search = set()
    return connection._noted_by_search


def _look_again() -> None:
    keys, noted = sorted(_noted()), _noted()
    noted.clear()
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            for page in refresh(keys[start : start + BATCH]):
                insert_or_update_object(page)

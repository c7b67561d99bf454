"""`manage.py rebuild_search`: rebuild the whole search index."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.search.backends import get_search_backend
from wagtail.search.index import get_indexed_models

from search import index_sync


class Command(BaseCommand):
    help = (
        "Write the index of the search anew, a batch at a time. Readers and editors go on "
        "searching meanwhile; it can be broken off and run again at any time."
    )

    def handle(self, **options: Any) -> None:
        backend = get_search_backend()
        index = backend.index_class(backend)
        for model in get_indexed_models():
            self._index(index, model)
        self.stdout.write("Deleting stale entries …")
        index.delete_stale_entries()
        public = index_sync.refresh_all(self._progress("public pages"))
        self.stdout.write(self.style.SUCCESS(f"Done: readers can find {public} pages."))

    def _index(self, index: Any, model: Any) -> None:
        # A page is indexed once, by its own type.
        rows = model.get_indexed_objects().order_by("pk")
        total, last_pk, indexed = rows.count(), None, 0
        report = self._progress(f"{model._meta.app_label}.{model.__name__}")
        while batch := list((rows.filter(pk__gt=last_pk) if last_pk else rows)[: index_sync.BATCH]):
            index.add_items(model, batch)
            last_pk, indexed = batch[-1].pk, indexed + len(batch)
            report(indexed, total)

    def _progress(self, label: str) -> Callable[[int, int], None]:
        def report(number: int, total: int) -> None:
            self.stdout.write(f"{label}: {number} of {total}")

        return report

"""Lock the rows of pages before what readers see of them is decided and changed."""

from collections.abc import Iterable

from wagtail.models import Page

from core.models import BasePage


def lock_pages(pages: Iterable[Page]) -> list[BasePage]:
    """Lock the rows of these pages and return the specific pages as they are then, by path.

    Call it in a transaction. The rows are locked by key, so two callers never block each other.
    """
    keys = [page.pk for page in pages]
    list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return list(Page.objects.filter(pk__in=keys).order_by("path").specific())

"""Pages of any types as the cards of a list."""

from collections.abc import Iterable

from wagtail.models import Page

from .pages import BasePage


def listed_pages(keys: Iterable[int]) -> list[BasePage]:
    """Return the live pages with these keys, in this order, ready for cards.

    One query per page type and one for all.
    """
    keys = list(keys)
    pages = Page.objects.select_related("content_type").in_bulk(keys)
    return as_listed(pages[key] for key in keys if key in pages)


def as_listed(pages: Iterable[Page]) -> list[BasePage]:
    """Return the live ones of `pages`, in their order, ready for cards: one query per type."""
    pages = list(pages)
    keys = [page.pk for page in pages]
    listed = {
        page.pk: page
        for model in {page.specific_class for page in pages}
        if issubclass(model, BasePage)
        for page in model.listed().filter(pk__in=keys)
    }
    return [listed[key] for key in keys if key in listed]

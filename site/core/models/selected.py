"""Pages of any types as the cards of a list."""

from wagtail.models import Page

from .pages import BasePage


def listed_pages(keys) -> list[BasePage]:
    """The live pages with these keys, in this order, ready for cards: one query per type."""
    keys = list(keys)
    plain = Page.objects.select_related("content_type").in_bulk(keys)
    return as_listed(plain[key] for key in keys if key in plain)


def as_listed(pages) -> list[BasePage]:
    """The live ones of these pages, in their order, ready for cards: one query per type."""
    pages = list(pages)
    keys = [page.pk for page in pages]
    found = {
        page.pk: page
        for model in {page.specific_class for page in pages}
        if issubclass(model, BasePage)
        for page in model.listed().filter(pk__in=keys)
    }
    return [found[key] for key in keys if key in found]

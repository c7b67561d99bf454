"""Schools and districts as places where roles are held: their translation keys and names."""

from uuid import UUID

from wagtail.models import Page

from core.tree import HOME_DEPTH, home_path
from schools.models import SchoolPage


def scope_keys(page: Page) -> list[UUID]:
    """Return the translation keys of `page` and all above it: where roles for it are held."""
    return list(page.get_ancestors(inclusive=True).values_list("translation_key", flat=True))


def district_key_of(page: Page) -> UUID | None:
    """Return the translation key of the HomePage above `page` (or of itself).

    None at the root of the tree.
    """
    homes = Page.objects.filter(path=home_path(page), depth=HOME_DEPTH)
    key: UUID | None = homes.values_list("translation_key", flat=True).first()
    return key


def scope_title(scope_key: UUID) -> str:
    """Return the title of the school or district with this translation key, first language."""
    titles = Page.objects.filter(translation_key=scope_key).order_by("path")
    return titles.values_list("title", flat=True).first() or str(scope_key)


def district_key_of_scope(scope_key: UUID) -> UUID | None:
    """Return the translation key of the district of the place with this translation key."""
    page = Page.objects.filter(translation_key=scope_key).order_by("path").first()
    return district_key_of(page) if page else None


def district_titles() -> dict[UUID, str]:
    """Return translation key → title of each district, in the first language."""
    homes = Page.objects.filter(depth=HOME_DEPTH).order_by("-path")
    return dict(homes.values_list("translation_key", "title"))


def school_titles() -> dict[UUID, str]:
    """Return translation key → title of each school, in the first language, by title."""
    rows = SchoolPage.objects.order_by("-path").values_list("translation_key", "title")
    return dict(sorted(dict(rows).items(), key=lambda row: row[1]))

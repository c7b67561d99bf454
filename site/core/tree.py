"""What the page tree answers: home pages, what lies below, what hides a page."""

from django.db.models import Q
from wagtail.models import Page

# Where a home page stands in the tree: one for each district and language.
HOME_DEPTH = 2


def below_paths(paths, field: str = "path") -> Q:
    """Whether what is asked lies at one of these paths of the tree or below; no path, nothing."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(**{f"{field}__startswith": path})
    return inside


def home_path(page: Page) -> str:
    """The place in the tree of the HomePage above `page` (or of itself), in its language."""
    return page.path[: HOME_DEPTH * page.steplen]


def hidden_ancestor(page: Page, inclusive: bool = False) -> Page | None:
    """Return the nearest page above `page` that is not public (nothing below it is), or None.

    `inclusive` counts `page` itself. The root of the tree is no page of a site.
    """
    above = page.get_ancestors(inclusive=inclusive).filter(depth__gt=1, live=False)
    return above.order_by("-depth").first()


def live_home_pages():
    """The public home pages, one for each district and language, as plain pages."""
    return Page.objects.live().filter(depth=HOME_DEPTH)

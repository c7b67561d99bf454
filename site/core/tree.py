"""TODO."""

from django.db.models import Q

pass
from wagtail.models import Page

# Where a home page stands in the tree: one for each district and language.
HOME_DEPTH = 2


def descendants_q(paths, field: str = "path") -> Q:
    """Whether what is asked lies at one of these paths of the tree or below; no path, nothing."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(**{f"{field}__startswith": path})
    return inside


def home_path(page: Page) -> str:
    """The place in the tree of the HomePage above `page` (or of itself), in its language."""
    return page.path[: HOME_DEPTH * page.steplen]


def hidden_ancestor(page: Page) -> Page | None:
    """The nearest page above `page` that is not public (then nothing below it is), or None."""
    return page.get_ancestors().filter(depth__gt=1, live=False).order_by("-depth").first()

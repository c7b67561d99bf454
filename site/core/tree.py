"""Questions about the page tree: home pages, descendants, ancestors that are not public."""

from collections.abc import Iterable

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState
from wagtail.query import PageQuerySet

# The depth of home pages in the tree, directly below its root: one per district and language.
HOME_DEPTH = 2


def below_root() -> Q:
    """Return the condition that leaves out the root of the tree, which is no page of any site."""
    return Q(depth__gte=HOME_DEPTH)


def below_paths(paths: Iterable[str], field: str = "path") -> Q:
    """Return the condition of lying at one of `paths` or below it; no path matches nothing.

    `field` holds the path that is compared.
    """
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def home_path(page: Page) -> str:
    """Return the path of the home page above `page` (or of `page` itself), in its language."""
    return page.path[: HOME_DEPTH * page.steplen]


def ancestor_paths(path: str) -> list[str]:
    """Return the paths above `path` in the tree, from the home page down."""
    return [path[:end] for end in range(HOME_DEPTH * Page.steplen, len(path), Page.steplen)]


def hidden_ancestor(page: Page, inclusive: bool = False) -> Page | None:
    """Return the nearest page above `page` that is not public (nothing below it is), or None.

    `inclusive` counts `page` itself.
    """
    ancestors = page.get_ancestors(inclusive=inclusive).filter(below_root(), live=False)
    return ancestors.order_by("-depth").first()


def home_pages() -> PageQuerySet:
    """Return the home pages, one for each district and language, as plain pages."""
    return Page.objects.filter(depth=HOME_DEPTH)


def live_home_pages() -> PageQuerySet:
    """Return the home pages that are public."""
    return home_pages().live()


def workflow_states_of(pages: QuerySet[Page]) -> QuerySet[WorkflowState]:
    """Return the submissions, open or closed, of a queryset of pages."""
    keys = pages.annotate(key=Cast("pk", CharField(max_length=255)))
    states: QuerySet[WorkflowState] = WorkflowState.objects.filter(object_id__in=keys.values("key"))
    return states

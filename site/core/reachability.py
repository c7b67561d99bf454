"""Which pages every reader can open at their address today."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import F
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.models import BasePage
from core.tree import ancestor_paths

# Length of a path → the paths of that length.
Branches = dict[int, list[str]]


def reachable(pages: PageQuerySet, hidden: Branches | None = None) -> PageQuerySet:
    """Return those of `pages` that answer 200 to everybody.

    Left out are pages that are not live or lie below one that is not, pages with a view
    restriction, and pages whose end has come and that the worker has yet to take down. `hidden` is
    the result of `hidden_branches` for these pages, which by default reads the whole tree.
    """
    pages = pages.live().public()
    for model in apps.get_models():
        if issubclass(model, BasePage):
            ended = model.ended()
            if not ended.query.is_empty():
                pages = pages.exclude(pk__in=ended.values("pk"))
    for length, paths in (hidden_branches() if hidden is None else hidden).items():
        # One list per length, not one condition per branch: SQLite nests those 1,000 deep only.
        pages = pages.exclude(In(Substr(F("path"), 1, length), paths))
    return pages


def hidden_branches(paths: Iterable[str] | None = None) -> Branches:
    """Return the paths of pages that are not live and have something below them, by length.

    With `paths`, only those above one of these.
    """
    hidden = Page.objects.filter(live=False, numchild__gt=0)
    if paths is not None:
        hidden = hidden.filter(path__in={each for path in paths for each in ancestor_paths(path)})
    branches: Branches = defaultdict(list)
    for path in hidden.values_list("path", flat=True):
        branches[len(path)].append(path)
    return branches

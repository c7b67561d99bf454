"""What a reader can reach: the pages at whose address something is shown today."""

from collections import defaultdict

from django.apps import apps
from django.db.models import F
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page

from core.models import BasePage


def reachable(pages, dead=None):
    """Narrow `pages` (a page queryset) to those that answer 200 to everybody.

    Left out, besides what is not live: what lies below a page that is not live, what a restriction
    guards, what has come to its end and waits for the worker to take it down. `dead` spares whoever
    asks several times the answer of `dead_branches()`, which reads the whole tree.
    """
    pages = pages.live().public()
    for model in apps.get_models():
        if issubclass(model, BasePage):
            ended = model.ended()
            if not ended.query.is_empty():
                pages = pages.exclude(pk__in=ended.values("pk"))
    for length, paths in (hidden_branches() if dead is None else dead).items():
        # One list per length and not one condition per branch: SQLite nests those 1,000 deep only.
        pages = pages.exclude(In(Substr(F("path"), 1, length), paths))
    return pages


def hidden_branches() -> dict[int, list[str]]:
    """The paths of pages that are not live and have something below them, by their length."""
    found = defaultdict(list)
    for path in Page.objects.filter(live=False, numchild__gt=0).values_list("path", flat=True):
        found[len(path)].append(path)
    return found

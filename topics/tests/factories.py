"""Topics for tests, unsaved and live, and their lists."""

from django.utils import timezone

from core.models import BasePage
from publication.initial_publication import Source, publish_initial
from topics.models import TopicIndexPage, TopicPage


def build_topic(index: TopicIndexPage, *lists: tuple, **fields) -> TopicPage:
    """Return an unsaved topic that runs from today."""
    fields = {
        "title": "沿河一学期",
        "summary": "一条河。",
        "starts_on": timezone.localdate(),
    } | fields
    return TopicPage(lists=list(lists), locale=index.locale, live=False, **fields)


def publish_topic(index: TopicIndexPage, *lists: tuple, **fields) -> TopicPage:
    """Return a live topic below `index`."""
    page = build_topic(index, *lists, **fields)
    TopicIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)


def chosen_list(*pages: BasePage) -> tuple:
    """Return a list of these pages."""
    return "chosen", {"title": "先读这些", "pages": list(pages)}


def rule_list(**fields) -> tuple:
    """Return a list of the newest news."""
    return "rule", {"title": "最新", "kind": "news", "number": 6} | fields

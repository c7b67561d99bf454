"""Make the renditions of what was just published; the worker does it, so no approver waits."""

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from core.media.references import images_of
from core.media.renditions import make_missing_renditions
from core.models import BasePage
from publication.run_each import run_each
from publication.unpublish import delete_unused_renditions

# Readers of older pages have made what was missing; `manage.py renditions` makes the rest.
RECENT = timedelta(hours=1)
# Scheduled pages and e-mails wait behind this job.
TIME_LIMIT_SECONDS = 5


def make_recent() -> int:
    """Make the renditions of recently published pages for some seconds; return how many.

    At least one page has its turn; what is left is done by the next runs.

    Raises:
        BatchError: with one line for each page that failed; the others are done.
    """
    pages = Page.objects.live().filter(last_published_at__gte=timezone.now() - RECENT)
    newest_first = pages.order_by("-last_published_at").specific()
    counts = run_each(
        _until_time_limit(newest_first), make_renditions, label=lambda page: str(page.pk)
    )
    return sum(counts)


def _until_time_limit(pages: Iterable[BasePage]) -> Iterator[BasePage]:
    deadline = time.monotonic() + TIME_LIMIT_SECONDS
    for page in pages:
        yield page
        if time.monotonic() > deadline:
            return


def make_renditions(page: BasePage) -> int:
    """Make the missing renditions of this live page and return how many.

    None of them stays if the page is withdrawn meanwhile.

    Raises:
        SourceImageIOError: the original of a picture is missing.
    """
    count: int = make_missing_renditions(page)
    if count and not Page.objects.live().filter(pk=page.pk).exists():
        delete_unused_renditions({image.pk for image in images_of(page)})
    return count

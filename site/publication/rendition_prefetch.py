"""Sizes of the pictures that were just published, made by the worker: no approver waits."""

import time
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from core.media.references import images_of
from core.media.renditions import make_missing_renditions
from publication.unpublish import delete_renditions

# What is older has had its readers, who make what is missing; so does `manage.py renditions`.
RECENT = timedelta(hours=1)
# Scheduled pages and letters do not wait longer for us.
SECONDS = 5


class SomeFailed(Exception):
    """The pictures of some pages could not be made; the others are done."""


def make_recent() -> int:
    """Make the pictures of the pages published of late, for some seconds; returns how many.

    Raises:
        SomeFailed: with the failures, after everything else was done.
    """
    until = time.monotonic() + SECONDS
    pages = Page.objects.live().filter(last_published_at__gte=timezone.now() - RECENT)
    made, failures = 0, []
    for page in pages.order_by("-last_published_at").specific():
        try:
            made += make(page)
        except Exception as failure:
            failures.append(f"{page.pk}: {failure}")
        if time.monotonic() > until:
            break
    if failures:
        raise SomeFailed("; ".join(failures))
    return made


def make(page) -> int:
    """Make the pictures of this live page; none stays if it is withdrawn meanwhile."""
    made = make_missing_renditions(page)
    if made and not Page.objects.live().filter(pk=page.pk).exists():
        delete_renditions({image.pk for image in images_of(page)})
    return made

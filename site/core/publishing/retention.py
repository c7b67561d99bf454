"""Retention: which pages must stay because the record of reviews names them."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState


def is_retained(page: Page) -> bool:
    """Return whether this page, or one below it, was public, is scheduled, or is in review.

    The record of reviews names such a page, so it is neither deleted nor moved.
    """
    if page.live or page.first_published_at:
        return True
    key = Cast(OuterRef("pk"), CharField(max_length=255))
    in_review = WorkflowState.objects.filter(object_id=key, status=WorkflowState.STATUS_IN_PROGRESS)
    scheduled = Revision.page_revisions.filter(object_id=key, approved_go_live_at__isnull=False)
    was_public = Q(live=True) | Q(first_published_at__isnull=False)
    retained = was_public | Exists(in_review) | Exists(scheduled)
    return bool(Page.objects.filter(retained, path__startswith=page.path).exists())

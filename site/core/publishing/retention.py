"""Pages that the record speaks of."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState


def is_retained(page: Page) -> bool:
    """Whether this page, or one below it, was public, has its day, or waits for a decision.

    The record speaks of it then, so it is neither deleted nor taken out of its place.
    """
    if page.live or page.first_published_at:
        return True
    key = Cast(OuterRef("pk"), CharField(max_length=255))
    waits = WorkflowState.objects.filter(object_id=key, status=WorkflowState.STATUS_IN_PROGRESS)
    has_its_day = Revision.page_revisions.filter(object_id=key, approved_go_live_at__isnull=False)
    bound = Q(live=True) | Q(first_published_at__isnull=False) | Exists(waits) | Exists(has_its_day)
    return Page.objects.filter(bound, path__startswith=page.path).exists()

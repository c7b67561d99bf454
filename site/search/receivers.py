"""Keep the public entries in step with what Wagtail writes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from core.models import BasePage
from schools.models import SchoolPage
from search import index_sync
from search.models import PublicEntry

# The fields that Wagtail writes on a page when only its draft has changed.
DRAFT_FIELDS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "locked",
    "locked_at",
    "locked_by",
}


@receiver(post_save)
def page_saved(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Update the entry of a page: whatever publishes it or takes it down ends in a save."""
    if raw or not isinstance(instance, BasePage):
        return
    if update_fields is None or not DRAFT_FIELDS.issuperset(update_fields):
        index_sync.update_entry(instance, all_fields=update_fields is None)
        if isinstance(instance, SchoolPage):
            # Its content has its stage.
            entries = PublicEntry.objects.filter(school=instance).exclude(pk=instance.pk)
            entries.update(stage=index_sync.stage_label(instance))


@receiver([page_unpublished, post_page_move], dispatch_uid="search_branch")
def branch_changed(instance: Page, **kwargs: Any) -> None:
    """Refresh a branch: below a page that is not public nothing is; a move changes the school."""
    index_sync.refresh_branch(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search_restriction")
def restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Refresh a branch: nobody finds restricted pages."""
    index_sync.refresh_branch(instance.page)

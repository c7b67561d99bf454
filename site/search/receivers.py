"""What changes the public site changes what is found."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from core.models import BasePage
from schools.models import SchoolPage
from search import index_sync
from search.models import PublicEntry

# What Wagtail writes on a page when only its draft has changed.
OF_DRAFTS = {
    "latest_revision",
    "latest_revision_created_at",
    "draft_title",
    "has_unpublished_changes",
    "locked",
    "locked_at",
    "locked_by",
}


@receiver(post_save)
def page_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Every way to become public, or to come down, ends in a saved page."""
    if raw or not issubclass(sender, BasePage):
        return
    if update_fields is None or not OF_DRAFTS.issuperset(update_fields):
        index_sync.saved(instance, whole=update_fields is None)
        if isinstance(instance, SchoolPage):
            # Its stage counts for all it publishes.
            published = PublicEntry.objects.filter(school=instance).exclude(pk=instance.pk)
            published.update(stage=index_sync.stage_of(instance))


@receiver([page_unpublished, post_page_move], dispatch_uid="search_branch")
def branch_changed(instance, **kwargs):
    """Below a page that is not public nothing is; a branch that moves changes its school."""
    index_sync.changed_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="search_restriction")
def restriction_changed(instance, **kwargs):
    """What is restricted is found by nobody."""
    index_sync.changed_below(instance.page)

"""Who wrote or decided stays known: their accounts are switched off, their versions kept."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from audit.models import RecordEntry
from core.publishing.refusals import PublishingRefused


def keep_versions(sender, instance, origin=None, **kwargs) -> None:
    """Raises ProtectedError, which `purge_revisions` passes over.

    Kept are the versions that the record names, and all since the public one: they say who wrote
    the text and so may not approve it. They go with their page, if that is a draft.
    """
    model = getattr(origin, "model", type(origin))
    if model is not Revision or not isinstance(instance.content_object, Page):
        return
    page = instance.content_object
    named = RecordEntry.objects.filter(page_id=page.pk, revision_id=instance.pk).exists()
    if named or instance.pk > (page.live_revision_id or 0):
        raise ProtectedError(_("This version says who wrote or decided what."), {instance})


def keep_who_wrote(sender, instance, **kwargs) -> None:
    """Raises PublishingRefused: a text would forget its author, who then could approve it."""
    wrote = Revision.objects.filter(user=instance).exists()
    if wrote or RecordEntry.objects.filter(user_id=instance.pk).exists():
        raise PublishingRefused(
            _(
                "“%(person)s” has written or decided here, so the account stays. "
                "Take the tick off “active” instead."
            )
            % {"person": instance}
        )

"""Who wrote or decided stays known: such an account is switched off, never deleted."""

from django.contrib.auth import get_user_model
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import Revision

from core.publishing import PublishingRefused
from moderation.models.record import RecordEntry


def connect() -> None:
    """Begin to listen, once, at start."""
    pre_delete.connect(keep_who_wrote, sender=get_user_model(), dispatch_uid="keep_who_wrote")


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

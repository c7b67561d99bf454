"""Ending a deputy's time."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from roles.models import Deputy


def end_deputy_errors(deputy: Deputy) -> list[str]:
    """Return why this deputy's time cannot be ended now."""
    if deputy.ends_on < timezone.localdate():
        return [_("This time is over already.")]
    return []


def end_deputy(deputy: Deputy) -> None:
    """End the time at once: yesterday was the last day.

    One that has not lasted a whole day is deleted; the record keeps that it was named.
    """
    today = timezone.localdate()
    if deputy.starts_on >= today:
        deputy.delete()
        return
    deputy.ends_on = today - timedelta(days=1)
    deputy.save()

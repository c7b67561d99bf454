"""Days as moments of the local time zone."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone


def start_of_day(day: date) -> datetime:
    """Return the first moment of `day`, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of_day(day: date) -> datetime:
    """Return the first moment after `day`, aware; of the last day there is, its last moment."""
    if day == date.max:
        return timezone.make_aware(datetime.max)
    return start_of_day(day + timedelta(days=1))


def active_on(day: date) -> Q:
    """Return the condition that `starts_on` has come by `day` and `ends_on` is not over."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))

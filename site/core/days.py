"""Days as moments, by the district's own clock."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone


def beginning(day: date) -> datetime:
    """The first moment of `day`, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end(day: date) -> datetime:
    """The first moment after `day`, aware."""
    return beginning(day + timedelta(days=1))


def running(day: date) -> Q:
    """The condition of what has begun by `day` and is not over on it."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))

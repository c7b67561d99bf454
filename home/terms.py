"""From a first day to a last one, which may be open: the fields `starts_on` and `ends_on`."""

from datetime import date

from django.db.models import Q


def running(day: date) -> Q:
    """The condition of what has begun by `day` and is not over on it."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))

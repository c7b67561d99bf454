"""Working days, in which the deadlines of the review are counted."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

SATURDAY = 5


def after_working_days(start: datetime, days: int, days_off: Collection[str] = ()) -> datetime:
    """Return the moment `days` working days after `start` (aware), at the same hour of the day.

    Weekends and `days_off` (ISO days, local time) are no working days. What begins on a day off
    is counted from the end of it.
    """
    moment = timezone.localtime(start)
    remaining = days
    while remaining > 0:
        moment += timedelta(days=1)
        if is_working_day(moment, days_off):
            remaining -= 1
    return moment


def working_days_between(start: datetime, end: datetime, days_off: Collection[str] = ()) -> int:
    """Return how many working days lie after the day of `start`, that of `end` included."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    days = (last.date() - first.date()).days
    return sum(is_working_day(first + timedelta(days=day), days_off) for day in range(1, days + 1))


def is_working_day(moment: datetime, days_off: Collection[str]) -> bool:
    """Return whether the local day of `moment` is a working day."""
    return moment.weekday() < SATURDAY and moment.date().isoformat() not in days_off

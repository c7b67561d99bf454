"""When a letter is due: at first, in the morning's digest, and after a failure."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from core.workdays import is_working_day
from notifications.models import EmailPreference
from roles.models import ReviewSettings

DIGEST_AT = time(8)
PAUSES = [1, 5, 30, 120]
LONG_PAUSE = 360
GIVE_UP_AFTER = timedelta(days=3)


def first_delivery(email: str, frequency: str | None, now: datetime) -> datetime | None:
    """When somebody with this frequency (None: has not chosen) is written to; None: not at all."""
    if not email or frequency == EmailPreference.Frequency.NONE:
        return None
    return next_digest(now) if frequency == EmailPreference.Frequency.DAILY else now


def next_digest(now: datetime) -> datetime:
    """The next morning of a working day, local time.

    A day off of any one district of this installation does not stop the letters of the others,
    so only days that are off everywhere count.
    """
    offs = [set(days) for days in ReviewSettings.objects.values_list("days_off", flat=True)]
    off = set.intersection(*offs) if offs else set()
    moment = timezone.localtime(now)
    morning = moment.replace(hour=DIGEST_AT.hour, minute=0, second=0, microsecond=0)
    while morning <= moment or not is_working_day(morning, off):
        morning += timedelta(days=1)
    return morning


def next_delivery(tries: int, now: datetime) -> datetime | None:
    """When to try again after `tries` failures; None: given up.

    Counted by the tries, not from the message: a daily letter may wait for days before its first
    one, and no time in which nothing was tried is held against a letter.
    """
    long_ones = max(0, tries - len(PAUSES))
    pauses = [*PAUSES[:tries], *[LONG_PAUSE] * long_ones]
    if timedelta(minutes=sum(pauses)) > GIVE_UP_AFTER:
        return None
    return now + timedelta(minutes=pauses[-1])

"""When an e-mail is due: at first, in the morning's digest, and after a failure."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from core.workdays import is_working_day
from notifications.models import EmailPreference, Notice
from roles.models import ReviewSettings

DIGEST_TIME = time(8)
# Minutes before the first further tries, and before each one after them.
RETRY_MINUTES = [1, 5, 30, 120]
LONG_RETRY_MINUTES = 360
GIVE_UP_AFTER = timedelta(days=3)


def first_delivery(email: str, frequency: str | None, now: datetime) -> datetime | None:
    """Return when to e-mail somebody with this frequency (None: has not chosen); None: never."""
    if not email or frequency == EmailPreference.Frequency.NONE:
        return None
    return next_digest(now) if frequency == EmailPreference.Frequency.DAILY else now


def next_digest(now: datetime) -> datetime:
    """Return the next morning of a working day, local time.

    A day off of one district does not stop the e-mails of the others, so only days that are off
    in every district of this installation count.
    """
    days_off = [set(days) for days in ReviewSettings.objects.values_list("days_off", flat=True)]
    common_days_off = set.intersection(*days_off) if days_off else set()
    local_now = timezone.localtime(now)
    morning = local_now.replace(hour=DIGEST_TIME.hour, minute=0, second=0, microsecond=0)
    while morning <= local_now or not is_working_day(morning, common_days_off):
        morning += timedelta(days=1)
    return morning


def next_delivery(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after `tries` (1 or more) failures; None: give up.

    Counted by the tries, not from the message: a digest may wait for days before its first try,
    and time in which nothing was tried does not count.
    """
    long_retries = max(0, tries - len(RETRY_MINUTES))
    minutes = [*RETRY_MINUTES[:tries], *[LONG_RETRY_MINUTES] * long_retries]
    if timedelta(minutes=sum(minutes)) > GIVE_UP_AFTER:
        return None
    return now + timedelta(minutes=minutes[-1])


def reschedule_emails(preference: EmailPreference) -> None:
    """Let a new frequency count for this person's e-mails that have not gone out yet."""
    due_at = first_delivery(preference.user.email, preference.frequency, timezone.now())
    pending = Notice.objects.filter(user=preference.user, mailed_at=None)
    pending.exclude(mail_due_at=None).update(mail_due_at=due_at)

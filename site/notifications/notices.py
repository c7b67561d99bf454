"""Notices: one message to one person, shown in the inbox and mailed by the worker.

Written as rows in the transaction of what happened; nothing here can stop an act by being slow.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from notifications.email_schedule import first_delivery
from notifications.models import Notice


def in_site_language(function: Callable) -> Callable:
    """Run `function` in the language of the installation, whoever acts in whichever language."""

    @wraps(function)
    def wrapper(*args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return wrapper


def notify(users, kind, key: str, title: str, text: str = "", url: str = "") -> int:
    """Write one message to each of `users` (a queryset), at most once for each key.

    Nobody who is deactivated and no superuser is told. Returns for how many people it was written.
    """
    now = timezone.now()
    told = users.filter(is_active=True, is_superuser=False)
    rows = told.values_list("pk", "email", "email_preference__frequency").distinct()
    notices = [
        Notice(
            user_id=person,
            kind=kind,
            key=key,
            title=title[:255],
            text=text,
            url=url,
            mail_due_at=first_delivery(email, frequency, now),
        )
        for person, email, frequency in rows
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def close_notices(keys) -> None:
    """What these messages ask for is done: they count as read, and no letter follows."""
    keys = list(keys)
    Notice.objects.filter(key__in=keys, read_at=None).update(read_at=timezone.now())
    Notice.objects.filter(key__in=keys, mailed_at=None).update(mail_due_at=None)


def admin_url(name: str, *args) -> str:
    """The admin_url of a screen, or the inbox where there is no such screen."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("notifications_inbox")

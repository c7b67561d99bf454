"""Notices: one message to one person, shown in the inbox and e-mailed by the worker.

They are written as rows in the transaction of the act that they are about; no act waits for an
e-mail, and an act that is rolled back tells nobody.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from accounts.models import User
from notifications.email_schedule import first_delivery
from notifications.models import Notice

Params = ParamSpec("Params")
Result = TypeVar("Result")


FOR_ADMINISTRATORS = {Notice.Kind.CHANGE_REQUEST, Notice.Kind.ACCOUNT}


def in_site_language(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run `function` in the language of the installation, whoever acts in whichever language."""

    @wraps(function)
    def wrapper(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return wrapper


def notify(
    users: QuerySet[User], kind: str, key: str, title: str, text: str = "", url: str = ""
) -> int:
    """Write one message to each of `users` and return for how many people it was written.

    Nobody gets two messages with the same `key`. Deactivated accounts get none; administrators,
    who decide on no text, only those about people and changes by two. `kind` is a `Notice.Kind`;
    `url` is where its reader can act, on this site.
    """
    now = timezone.now()
    recipients = users.filter(is_active=True)
    if kind not in FOR_ADMINISTRATORS:
        recipients = recipients.filter(is_superuser=False)
    rows = recipients.values_list("pk", "email", "email_preference__frequency").distinct()
    notices = [
        Notice(
            user_id=user_id,
            kind=kind,
            key=key,
            title=title[:255],
            text=text,
            url=url,
            mail_due_at=first_delivery(email, frequency, now),
        )
        for user_id, email, frequency in rows
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def close_notices(keys: Iterable[str]) -> None:
    """Close the messages with these keys: they count as read, and no e-mail follows."""
    mark_read(Notice.objects.filter(key__in=list(keys)))


def mark_read(notices: QuerySet[Notice]) -> None:
    """Mark these messages as read; those that were not e-mailed yet never will be."""
    notices.filter(read_at=None).update(read_at=timezone.now())
    notices.filter(mailed_at=None).update(mail_due_at=None)


def admin_url(name: str, *args: object) -> str:
    """Return the address of an admin screen, or of the inbox if there is no such screen."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return reverse("notifications_inbox")


def without_notice(rows: QuerySet, key_name: str, id_field: str) -> QuerySet:
    """Return the rows about which there is no notice with the key `key_name:id` yet."""
    key = Concat(Value(f"{key_name}:"), Cast(OuterRef(id_field), CharField()))
    return rows.exclude(Exists(Notice.objects.filter(key=key)))

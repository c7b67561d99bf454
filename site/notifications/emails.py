"""Send e-mails: one by one from the notices, never inside a transaction or a request.

An e-mail is claimed by moving its due time into the future, in one conditional statement: of two
workers one gets it, and if that one is killed the e-mail is due again a little later. So an
e-mail can be sent twice, if the worker ends between sending and noting it, but is never lost.
"""

import logging
import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.email_schedule import next_delivery
from notifications.models import EmailPreference, Notice

logger = logging.getLogger("notifications.emails")

CLAIM_LASTS = timedelta(minutes=10)
BATCH_SIZE = 50
SUBJECT_LENGTH = 120
ERROR_LENGTH = 300
WANTS_DIGEST = Q(user__email_preference__frequency=EmailPreference.Frequency.DAILY)
# The server works, this one e-mail does not: go on with the others.
ERRORS_OF_ONE_EMAIL = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPSenderRefused,
    ValueError,
)


def send_due(now: datetime | None = None) -> int:
    """E-mail what is due to people who want each message at once; return how many e-mails went."""
    at = now or timezone.now()
    _drop_unwanted(at)
    notices = _due_notices(at).exclude(WANTS_DIGEST)[:BATCH_SIZE]
    return _send_all([[notice] for notice in notices], at)


def send_digests(now: datetime | None = None) -> int:
    """Send each person who wants a digest one e-mail with all that is due; return how many went."""
    at = now or timezone.now()
    _drop_unwanted(at)
    notices = _due_notices(at).filter(WANTS_DIGEST).order_by("user_id", "at", "pk")
    digests = [list(group) for _user_id, group in groupby(notices, lambda each: each.user_id)]
    return _send_all(digests[:BATCH_SIZE], at)


def _due_notices(now: datetime) -> QuerySet[Notice]:
    notices = Notice.objects.filter(mail_due_at__lte=now, mailed_at=None)
    return notices.select_related("user").order_by("mail_due_at", "pk")


def _drop_unwanted(now: datetime) -> None:
    """Plan no e-mail to who was deactivated, has no address or wants no e-mails."""
    is_unwanted = Q(user__is_active=False) | Q(user__email="")
    is_unwanted |= Q(user__email_preference__frequency=EmailPreference.Frequency.NONE)
    unwanted = Notice.objects.filter(is_unwanted, mail_due_at__lte=now, mailed_at=None)
    ids = list(unwanted.values_list("pk", flat=True))
    Notice.objects.filter(pk__in=ids).update(mail_due_at=None)


def _send_all(bundles: Iterable[Sequence[Notice]], now: datetime) -> int:
    """Send one e-mail for each bundle; when the server itself fails, leave the rest for later."""
    sent = 0
    for bundle in bundles:
        claimed = _claim(bundle, now)
        if not claimed:
            continue
        try:
            with translation.override(settings.LANGUAGE_CODE):
                build_email(claimed).send()
        except Exception as error:
            _note_failure(claimed, error, now)
            if not isinstance(error, ERRORS_OF_ONE_EMAIL):
                break
        else:
            ids = [notice.pk for notice in claimed]
            Notice.objects.filter(pk__in=ids).update(mailed_at=now, mail_due_at=None, mail_error="")
            sent += 1
    return sent


def _claim(bundle: Sequence[Notice], now: datetime) -> list[Notice]:
    """Return those that nobody else has claimed or closed meanwhile, and count the try."""
    return [
        notice
        for notice in bundle
        if Notice.objects.filter(
            pk=notice.pk, mail_due_at=notice.mail_due_at, mailed_at=None
        ).update(mail_due_at=now + CLAIM_LASTS, mail_tries=F("mail_tries") + 1)
    ]


def _note_failure(notices: Sequence[Notice], error: Exception, now: datetime) -> None:
    """Note the error and when to try again; what is given up stays visible in the inbox."""
    message = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    logger.warning("e-mail to %s: %s", notices[0].user_id, message)
    for notice in notices:
        # One that was closed meanwhile needs no e-mail any more.
        Notice.objects.filter(pk=notice.pk).exclude(mail_due_at=None).update(
            mail_due_at=next_delivery(notice.mail_tries + 1, now), mail_error=message
        )


def build_email(notices: Sequence[Notice]) -> EmailMultiAlternatives:
    """Return the e-mail to one person about one message, or about several."""
    first, user = notices[0], notices[0].user
    if len(notices) == 1:
        subject = first.title
    else:
        subject = _("%(number)d messages") % {"number": len(notices)}
    context = {
        "name": str(user),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "inbox": absolute_url(reverse("notifications_inbox")),
        "messages": [{"notice": notice, "link": absolute_url(notice.url)} for notice in notices],
    }
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    email = EmailMultiAlternatives(
        subject=single_line(f"[{settings.WAGTAIL_SITE_NAME}] {subject}"),
        body=render_to_string("notifications/email.txt", context),
        to=[user.email],
        # The same e-mail sent twice after a crash is shown once by most programs.
        headers={"Message-ID": f"<notice-{first.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    email.attach_alternative(render_to_string("notifications/email.html", context), "text/html")
    return email


def single_line(text: str) -> str:
    """Return a subject without line ends or control characters: it can begin no other header."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    line = " ".join(printable.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def absolute_url(url: str) -> str:
    """Return a path of this site as an absolute URL; empty for anything else."""
    if not url.startswith("/") or url.startswith("//"):
        return ""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/") + url

"""Sending letters: taken one by one from the messages, never inside a transaction or a request.

A letter is claimed by moving its due time into the future, in one conditional statement: of two
workers one has it, and one that is killed leaves a letter that is due again a little later. So
between sending and noting it a letter can be sent twice, but never lost.
"""

import logging
import smtplib
from datetime import timedelta
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.email_schedule import next_delivery
from notifications.models import EmailPreference, Notice

logger = logging.getLogger("notifications.emails")

LEASE = timedelta(minutes=10)
BATCH = 50
SUBJECT_LENGTH = 120
DAILY = Q(user__email_preference__frequency=EmailPreference.Frequency.DAILY)
# The server works, this one letter does not: go on with the others.
OF_ONE_LETTER = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPSenderRefused,
    ValueError,
)


def send_due(now=None) -> int:
    """Send what is due to people who want each message at once; returns how many letters went."""
    now = now or timezone.now()
    _drop_unwanted(now)
    due = _due(now).exclude(DAILY)[:BATCH]
    return _send_all([[notice] for notice in due], now)


def send_digests(now=None) -> int:
    """Send each person with a daily frequency one letter of all that is due."""
    now = now or timezone.now()
    _drop_unwanted(now)
    due = _due(now).filter(DAILY).order_by("user_id", "at", "pk")
    bundles = [list(notices) for _person, notices in groupby(due, lambda notice: notice.user_id)]
    return _send_all(bundles[:BATCH], now)


def _due(now):
    waiting = Notice.objects.filter(mail_due_at__lte=now, mailed_at=None)
    return waiting.select_related("user").order_by("mail_due_at", "pk")


def _drop_unwanted(now) -> None:
    """Nobody who left, has no address or wants no letters is written to."""
    unwanted = Q(user__is_active=False) | Q(user__email="")
    unwanted |= Q(user__email_preference__frequency=EmailPreference.Frequency.NONE)
    found = Notice.objects.filter(unwanted, mail_due_at__lte=now, mailed_at=None)
    Notice.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(mail_due_at=None)


def _send_all(bundles, now) -> int:
    """Send the bundles; when the server itself fails, leave the rest for the next round."""
    sent = 0
    for bundle in bundles:
        claimed = _claim(bundle, now)
        if not claimed:
            continue
        try:
            with translation.override(settings.LANGUAGE_CODE):
                email_about(claimed).send()
        except Exception as error:
            _failed(claimed, error, now)
            if not isinstance(error, OF_ONE_LETTER):
                break
        else:
            ids = [notice.pk for notice in claimed]
            Notice.objects.filter(pk__in=ids).update(mailed_at=now, mail_due_at=None, mail_error="")
            sent += 1
    return sent


def _claim(bundle, now) -> list[Notice]:
    """Those of the bundle that nobody else has taken or closed meanwhile, counted as tried."""
    return [
        notice
        for notice in bundle
        if Notice.objects.filter(
            pk=notice.pk, mail_due_at=notice.mail_due_at, mailed_at=None
        ).update(mail_due_at=now + LEASE, mail_tries=F("mail_tries") + 1)
    ]


def _failed(notices, error: Exception, now) -> None:
    """Note why, and when to try again; what is given up stays visible in the inbox."""
    words = f"{type(error).__name__}: {error}"[:300]
    logger.warning("letter to %s: %s", notices[0].user_id, words)
    for notice in notices:
        again = next_delivery(notice.mail_tries + 1, now)
        # Closed meanwhile means: no letter is wanted any more.
        Notice.objects.filter(pk=notice.pk).exclude(mail_due_at=None).update(
            mail_due_at=again, mail_error=words
        )


def email_about(notices) -> EmailMultiAlternatives:
    """The letter to one person about one message, or about several."""
    first, user = notices[0], notices[0].user
    if len(notices) == 1:
        subject = first.title
    else:
        subject = _("%(number)d messages") % {"number": len(notices)}
    context = {
        "name": str(user),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "inbox": absolute(reverse("notifications_inbox")),
        "messages": [{"notice": notice, "link": absolute(notice.url)} for notice in notices],
    }
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    letter = EmailMultiAlternatives(
        subject=one_line(f"[{settings.WAGTAIL_SITE_NAME}] {subject}"),
        body=render_to_string("notifications/email.txt", context),
        to=[user.email],
        # The same letter sent twice after a crash is shown once by most programs.
        headers={"Message-ID": f"<notice-{first.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    letter.attach_alternative(render_to_string("notifications/email.html", context), "text/html")
    return letter


def one_line(text: str) -> str:
    """`text` without line ends or control characters, so that it can begin no other header."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(printable.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def absolute(url: str) -> str:
    """An address of this site in full; empty for anything else."""
    if not url.startswith("/") or url.startswith("//"):
        return ""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + url

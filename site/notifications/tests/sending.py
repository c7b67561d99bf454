"""What tests of e-mails share: a message, and the days on which it is sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from notifications.models import Notice
from notifications.notices import notify

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 10, 16, 15, tzinfo=SHANGHAI)
MONDAY_AT_8 = datetime(2026, 10, 19, 8, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def send_notice(user, title="请审核", key="a", at=None, **fields):
    """One message to `user`, as an event writes it."""
    people = type(user).objects.filter(pk=user.pk)
    notify(people, Notice.Kind.WAITING, key, title, "正文", "/admin/review/1/")
    if at:
        Notice.objects.filter(key=key).update(at=at)
    return Notice.objects.get(user=user, key=key)

"""The head of the record leaves the machine every day: in letters, and in a file for another host.

A chain that is kept in a database proves nothing against the database's owner. A hash in somebody
else's mailbox does: `manage.py verify_record --head HASH` looks for it in the chain.
"""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import RecordHead
from notifications.models import Notice
from notifications.notices import in_site_language, notify
from roles.models import Role
from roles.role_queries import role_holders
from roles.scopes import district_titles


def send_head(today: date | None = None) -> int:
    """Write today's file and a notice for each auditor and final approver; return for how many.

    Once a day, however often it is called: a file that is there stays, a notice has a key.
    """
    today = today or timezone.localdate()
    head = RecordHead.objects.filter(pk=1).first()
    if head is None or not head.length:
        return 0
    write_head(today, head)
    return _notify(today, head)


def write_head(today: date, head: RecordHead) -> Path:
    """Write the head into a file of its day, which is copied to another host."""
    folder = Path(settings.VAR_DIR) / "heads"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{today}.txt"
    if not file.exists():
        file.write_text(f"{head.hash} {head.length}\n")
    return file


@in_site_language
def _notify(today: date, head: RecordHead) -> int:
    keys = list(district_titles())
    people = role_holders(Role.AUDITOR, keys) | role_holders(Role.FINAL_APPROVER, keys)
    text = _(
        "%(length)d entries, last hash %(hash)s. Keep this letter: with it "
        "“verify_record --head” shows whether the record was rewritten since."
    )
    return notify(
        people.distinct(),
        Notice.Kind.RECORD_HEAD,
        f"head:{today}",
        _("Head of the record, %(day)s") % {"day": today},
        text % {"length": head.length, "hash": head.hash},
    )

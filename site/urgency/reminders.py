"""Job of the worker: the checks that public urgent items owe.

Each notice has a key, so that two workers, a kill or a repeated run change nothing.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice
from notifications.notices import admin_url, in_site_language, notify, without_notice
from publication.models import UrgentItem
from publication.notices import request_check
from publication.recipients import final_approvers, with_final_approvers
from urgency import domain

# So many in one run: scheduled publication waits behind it, and so does whoever ends the worker.
BATCH = 200


def remind_of_checks(now: datetime | None = None) -> int:
    """Ask for every check that is owed; tell of overdue ones, and return of how many.

    Who was asked already is not asked again. Of overdue checks, the district's final approvers
    are told, once for each.
    """
    for urgent_item in domain.owed_checks():
        request_check(urgent_item)
    overdue = domain.owed_checks().filter(check_due_at__lte=now or timezone.now())
    overdue = with_final_approvers(without_notice(overdue, "look-overdue", "workflow_state_id"))
    return sum(_escalate(item) for item in overdue.order_by("check_due_at", "pk")[:BATCH])


@in_site_language
def _escalate(urgent_item: UrgentItem) -> int:
    notified = notify(
        final_approvers(urgent_item.district_key),
        Notice.Kind.ESCALATION,
        f"look-overdue:{urgent_item.workflow_state_id}",
        _("Overdue, nobody has checked it since it is public: %(title)s")
        % {"title": urgent_item.title},
        urgent_item.reason,
        admin_url("urgency_checks"),
    )
    return int(notified > 0)

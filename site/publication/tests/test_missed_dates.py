"""What was approved for a time at which nothing happened."""

from datetime import timedelta

from django.utils import timezone

from notifications.models import Notice
from publication import missed_dates
from tests.helpers.publish_attempts import waiting_page


def test_what_did_not_go_public_at_its_time_is_told_to_the_final_approvers_once(district):
    due = timezone.now() - timedelta(hours=1)
    waiting_page(district).revisions.update(approved_go_live_at=due)
    assert [missed_dates.report_missed(), missed_dates.report_missed()] == [1, 0]
    told = Notice.objects.filter(kind=Notice.Kind.FAILED)
    assert list(told.values_list("user__username", flat=True)) == ["final"]

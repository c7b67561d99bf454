"""Urgent items: who is asked to decide, who to check, and who learns of what was not in order."""

from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.models import Notice
from publication.models import UrgentItem
from review.tests.helpers import notice_keys, notified, open_notices
from tests.helpers.district import decide, fresh
from urgency import domain as urgency
from urgency import reminders

Kind = Notice.Kind


@pytest.fixture
def owing_check(district, waiting):
    """Public as urgent, and owing its check."""
    urgency.mark_urgent(waiting.current_workflow_task_state, district.section2, "汛情通知。")
    for reviewer in (district.section, district.final):
        assert decide(fresh(waiting), reviewer) is None
    return UrgentItem.objects.get()


def test_an_urgent_item_asks_those_who_decide_next(district, waiting):
    decide(waiting, district.reviewer1)
    page = fresh(waiting)
    urgency.mark_urgent(page.current_workflow_task_state, district.final, "停课通知")
    assert notified(Kind.WAITING, text="停课通知") == {"section", "section2"}
    decide(page, district.section)
    assert open_notices() == {"final"}


def test_the_check_is_asked_of_those_who_neither_wrote_nor_approved(district, waiting):
    decide(waiting, district.reviewer1)
    state = waiting.current_workflow_state
    UrgentItem.objects.create(
        workflow_state_id=state.pk,
        page_id=waiting.pk,
        page_path=waiting.path,
        title=waiting.title,
        district_key=district.home.translation_key,
        reason="急",
    )
    for reviewer in (district.section, district.final):
        assert decide(fresh(waiting), reviewer) is None
    assert fresh(waiting).live
    assert notified(Kind.POST_PUBLICATION_CHECK) == {"section2"}
    urgency.check_after_publication(UrgentItem.objects.get(), district.section2, "", in_order=True)
    assert open_notices(Kind.POST_PUBLICATION_CHECK) == set()


def test_a_check_that_finds_a_fault_is_told_to_who_can_withdraw(district, owing_check):
    urgency.check_after_publication(owing_check, district.section2, "数字有误。", in_order=False)
    notice = Notice.objects.get(kind=Kind.POST_PUBLICATION_CHECK, user=district.final)
    assert notice.text == "数字有误。"
    assert notice.url == reverse("publication_withdraw", args=[owing_check.page_id])
    assert Notice.objects.filter(kind=Kind.POST_PUBLICATION_CHECK, read_at=None).count() == 1


def test_a_check_in_order_leaves_nothing_to_do(district, owing_check):
    urgency.check_after_publication(owing_check, district.section2, "", in_order=True)
    assert not Notice.objects.filter(kind=Kind.POST_PUBLICATION_CHECK, read_at=None).exists()


def test_a_check_that_nobody_made_in_time_is_told_to_the_final_approvers_once(
    district, owing_check
):
    reminders.remind_of_checks(owing_check.check_due_at - timedelta(minutes=1))
    assert notified(Kind.ESCALATION) == set()
    for _run in range(2):
        reminders.remind_of_checks(owing_check.check_due_at + timedelta(minutes=1))
    assert notified(Kind.ESCALATION) == {"final"}
    urgency.check_after_publication(owing_check, district.section2, "", in_order=True)
    assert open_notices(Kind.ESCALATION) == set()


def test_overdue_checks_are_escalated_in_batches_too(district, owing_check, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 1)
    due = owing_check.check_due_at + timedelta(minutes=1)
    for number in range(2):
        UrgentItem.objects.create(
            workflow_state_id=10**6 + number,
            page_id=owing_check.page_id,
            page_path=owing_check.page_path,
            title=f"第{number}篇",
            district_key=owing_check.district_key,
            reason="急",
            check_due_at=owing_check.check_due_at,
        )
    assert [reminders.remind_of_checks(due) for _run in range(4)] == [1, 1, 1, 0]
    assert len(set(notice_keys(Kind.ESCALATION))) == 3

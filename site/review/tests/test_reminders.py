"""Time passes: reminders, escalations, and what the worker brings back into step."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import WorkflowState

from notifications.models import Notice
from review import reminders
from review.models.queue import QueueItem
from review.tests.helpers import notice_keys, notified, open_notices
from roles.groups import role_group
from roles.models import Level, Role
from tests.helpers.district import brand_draft, decide, submit

Kind = Notice.Kind


def test_before_its_term_nobody_is_reminded(district, waiting):
    assert reminders.remind(timezone.now()) == 0
    assert reminders.escalate(timezone.now()) == 0


def test_reminder_once_to_those_who_can_act(district, waiting):
    later = QueueItem.objects.get().remind_at + timedelta(hours=1)
    assert [reminders.remind(later), reminders.remind(later)] == [1, 0]
    assert notified(Kind.REMINDER) == {"reviewer1"}
    assert open_notices() == set()
    decide(waiting, district.reviewer1)
    assert open_notices(Kind.REMINDER) == set()


def test_escalation_once_for_each_level_to_the_final_approvers(district, waiting):
    later = QueueItem.objects.get().escalate_at + timedelta(hours=1)
    assert [reminders.escalate(later), reminders.escalate(later)] == [1, 0]
    assert notified(Kind.ESCALATION) == {"final"}
    decide(waiting, district.reviewer1)
    later = QueueItem.objects.get().escalate_at + timedelta(hours=1)
    assert reminders.escalate(later) == 1
    assert Notice.objects.filter(kind=Kind.ESCALATION, read_at=None).count() == 1


@pytest.fixture
def several(district, waiting, monkeypatch):
    """Three overdue items, the oldest first, and runs of one item; the time after their terms."""
    for number in range(2):
        page = brand_draft(
            district.schools[0], district.editor1, title=f"第{number}篇", kind="branch"
        )
        submit(page, district.editor1)
    monkeypatch.setattr(reminders, "BATCH", 1)
    items = list(QueueItem.objects.order_by("submitted_at", "pk"))
    for number, item in enumerate(items):
        age = timedelta(days=30 - number)
        QueueItem.objects.filter(pk=item.pk).update(
            remind_at=timezone.now() - age, escalate_at=timezone.now() - age
        )
    return [item.pk for item in items]


@pytest.mark.parametrize(
    ("run", "name", "kind"),
    [
        (reminders.remind, "remind", Kind.REMINDER),
        (reminders.escalate, "escalate", Kind.ESCALATION),
    ],
)
def test_a_run_does_its_share_the_oldest_first_and_the_next_goes_on(several, run, name, kind):
    for done in range(1, 4):
        assert run() == 1
        assert notice_keys(kind) == [f"{name}:{pk}" for pk in several[:done]]
    assert run() == 0


def test_what_nobody_can_decide_holds_no_place_before_others(district, several):
    group = role_group(Role.SCHOOL_REVIEWER, district.schools[0])
    group.user_set.remove(district.reviewer1)
    QueueItem.objects.filter(pk=several[1]).update(level=Level.SECTION)
    now = timezone.now()
    assert [reminders.remind(now) for _run in range(4)] == [0, 1, 0, 0]
    assert notice_keys(Kind.REMINDER) == [f"remind:{several[1]}"] * 2
    # On the next day there may be somebody.
    group.user_set.add(district.reviewer1)
    assert reminders.remind(now + timedelta(hours=23)) == 0
    assert [reminders.remind(now + timedelta(hours=25)) for _run in range(3)] == [1, 1, 0]
    assert notified(Kind.REMINDER) == {"reviewer1", "section", "section2"}


def test_a_reminder_that_is_rolled_back_is_not_marked(several, monkeypatch):
    def fail(*args):
        raise ZeroDivisionError

    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr("review.reminders.notify", fail)
        reminders.remind()
    assert not QueueItem.objects.exclude(reminded_at=None).exists()
    assert reminders.remind() == 1


def test_a_district_without_final_approvers_holds_no_place_before_others(district, several):
    elsewhere = "00000000-0000-4000-8000-000000000000"
    QueueItem.objects.filter(pk=several[0]).update(district_key=elsewhere)
    assert [reminders.escalate() for _run in range(3)] == [1, 1, 0]
    QueueItem.objects.update(district_key=district.home.translation_key)
    assert reminders.escalate() == 1


def test_unknown_states_heal(district, waiting):
    QueueItem.objects.all().delete()
    reminders.heal()
    assert QueueItem.objects.get().page_id == waiting.pk
    WorkflowState.objects.update(status=WorkflowState.STATUS_CANCELLED)
    reminders.heal()
    assert not QueueItem.objects.exists()
    assert open_notices() == set()

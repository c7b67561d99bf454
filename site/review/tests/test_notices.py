"""Who is told what: exactly the people who can act, and nobody twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from change_requests import domain, kinds
from change_requests.kinds import ChangeKind
from notifications.models import EmailPreference, JobRun, Notice
from publication import schedule, withdrawal
from publication.models import UrgentItem
from review import queue, reminders
from review.domain import corrections, urgency
from review.domain.gate import Submission
from review.models.queue import QueueItem
from roles.groups import role_group
from roles.models import Deputy, Level, Role
from tests.helpers.district import brand_draft, decide, fresh, person, read, submit

Kind = Notice.Kind


@pytest.fixture
def waiting(district):
    """A brand page of the first school, waiting for its first review."""
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    return fresh(page)


def told(kind, **conditions) -> set[str]:
    """User names of those who have a message of this kind."""
    found = Notice.objects.filter(kind=kind, **conditions)
    return set(found.values_list("user__username", flat=True))


def open_questions(kind=Kind.WAITING) -> set[str]:
    return told(kind, read_at=None)


def up_to_final(page, district):
    decide(page, district.reviewer1)
    decide(fresh(page), district.section)
    return fresh(page)


def publish(page, district):
    page = up_to_final(page, district)
    assert decide(page, district.final) is None
    return fresh(page)


# --- a waiting item


def test_nobody_but_the_reviewers_of_the_level_is_asked(district, waiting):
    assert told(Kind.WAITING) == {"reviewer1"}
    assert Notice.objects.count() == 1


def test_superusers_and_deactivated_reviewers_are_not_asked(district):
    district.admin.groups.set(district.reviewer1.groups.all())
    leaver = person("leaver", Role.SCHOOL_REVIEWER, district.schools[0])
    leaver.is_active = False
    leaver.save()
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert told(Kind.WAITING) == {"reviewer1"}


def test_an_author_is_not_asked_at_any_level(district):
    district.editor1.groups.add(
        *district.reviewer1.groups.all(),
        *district.section.groups.all(),
        *district.final.groups.all(),
    )
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    up_to_final(fresh(page), district)
    assert "editor1" not in told(Kind.WAITING)


def test_who_approved_one_level_is_not_asked_at_the_next(district, waiting):
    district.section.groups.add(*district.final.groups.all())
    up_to_final(waiting, district)
    assert "section" not in open_questions()
    assert open_questions() == {"final"}


def test_a_deputy_is_asked_on_the_days_of_the_deputyship(district):
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    past = {"starts_on": today - timedelta(9), "ends_on": today - timedelta(2)}
    key = district.schools[0].translation_key
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.web_editor, **days)
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.editor2, **past)
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert told(Kind.WAITING) == {"reviewer1", "web_editor"}


def test_a_decision_closes_the_question_for_the_others(district, waiting):
    decide(waiting, district.reviewer1)
    assert open_questions() == {"section", "section2"}
    decide(fresh(waiting), district.section)
    assert open_questions() == {"final"}
    assert not Notice.objects.filter(read_at__isnull=False, mail_due_at__isnull=False).exists()


def test_a_refused_decision_closes_nothing(district, waiting):
    assert decide(waiting, district.reviewer2) is not None
    assert open_questions() == {"reviewer1"}


def test_what_is_called_back_asks_nobody(district, waiting):
    waiting.current_workflow_state.cancel(user=district.editor1)
    assert open_questions() == set()


def test_a_rolled_back_submission_leaves_no_message(district):
    page = brand_draft(district.schools[0], district.editor1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        submit(page, district.editor1)
        raise ZeroDivisionError
    assert not Notice.objects.exists()


def test_rebuilding_the_queue_asks_nobody_twice(district, waiting):
    queue.rebuild()
    assert Notice.objects.filter(kind=Kind.WAITING).count() == 1
    assert open_questions() == {"reviewer1"}


def test_fifty_reviewers_take_no_more_queries_than_two(district):
    def queries(number):
        title, kind = f"第{number}篇", "branch"
        page = brand_draft(district.schools[0], district.editor1, title=title, kind=kind)
        with CaptureQueriesContext(connection) as caught:
            submit(page, district.editor1)
        return len(caught)

    queries(0)
    few = queries(1)
    for number in range(50):
        person(f"many{number}", Role.SCHOOL_REVIEWER, district.schools[0])
    assert queries(2) <= few
    assert Notice.objects.filter(title__contains="第2篇").count() == 51


def test_no_mail_is_sent_in_the_request(district, waiting, settings):
    for user in district.people.values():
        type(user).objects.filter(pk=user.pk).update(email=f"{user.username}@example.invalid")
    publish(waiting, district)
    assert mail.outbox == []


def test_password_resets_are_still_mailed(district, client):
    type(district.editor1).objects.filter(pk=district.editor1.pk).update(email="e@example.invalid")
    client.post(reverse("wagtailadmin_password_reset"), {"email": "e@example.invalid"})
    assert len(mail.outbox) == 1


# --- what came of it


def test_a_return_tells_its_authors_with_the_words(district):
    page = brand_draft(district.schools[0], district.colleague)
    page.save_revision(user=district.editor1)
    submit(page, district.editor1)
    assert decide(fresh(page), district.reviewer1, "reject", "请补充图片说明") is None
    assert told(Kind.RETURNED, text="请补充图片说明") == {"editor1", "colleague"}
    assert open_questions() == set()


@pytest.mark.parametrize("gone", ["moved on", "switched off"])
def test_when_its_author_has_left_the_colleagues_are_told_of_a_return(district, waiting, gone):
    if gone == "moved on":
        district.editor1.groups.clear()
    else:
        district.editor1.is_active = False
        district.editor1.save()
    decide(waiting, district.reviewer1, "reject", "请补充")
    assert told(Kind.RETURNED) == {"colleague"}


def test_nobody_is_led_to_a_form_that_is_closed_to_them(district, client, waiting):
    decide(waiting, district.reviewer1)
    state = fresh(waiting).current_workflow_task_state
    text = fresh(waiting).get_latest_revision_as_object()
    text.slogan = "改一句"
    corrections.correct(state, district.section, text, "改一句。", read(fresh(waiting)).digest)
    for reviewer in (district.reviewer1, district.section2, district.final):
        assert decide(fresh(waiting), reviewer) is None
    by_person = {n.user.username: n.url for n in Notice.objects.filter(kind=Kind.PUBLISHED)}
    assert by_person["editor1"] == reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert client.get(by_person["section"]).status_code == 200
    assert by_person["section"] == fresh(waiting).url


def test_publication_tells_submitter_and_authors(district, waiting):
    publish(waiting, district)
    assert told(Kind.PUBLISHED) == {"editor1"}


def test_authors_of_an_older_version_are_not_told_of_the_next(district, waiting):
    page = publish(waiting, district)
    Notice.objects.all().delete()
    page.slogan = "新口号"
    page.save_revision(user=district.colleague)
    submit(page, district.colleague)
    publish(fresh(page), district)
    assert told(Kind.PUBLISHED) == {"colleague"}


def test_a_withdrawal_tells_the_authors_why(district, waiting):
    page = publish(waiting, district)
    withdrawal.withdraw(page, district.final, "图片来源不明")
    assert told(Kind.WITHDRAWN) == {"editor1"}
    assert Notice.objects.get(kind=Kind.WITHDRAWN).text == "图片来源不明"


def test_a_correction_tells_the_authors_but_not_the_corrector(district, waiting):
    decide(waiting, district.reviewer1)
    page = fresh(waiting)
    state = page.current_workflow_task_state
    text = page.get_latest_revision_as_object()
    text.title = "改过的标题"
    digest = Submission(page, state.workflow_state).digest
    corrections.correct(state, district.section, text, "标题有误", digest)
    assert told(Kind.CORRECTED) == {"editor1"}


def test_an_urgent_item_asks_those_who_decide_next(district, waiting):
    decide(waiting, district.reviewer1)
    page = fresh(waiting)
    urgency.mark_urgent(page.current_workflow_task_state, district.final, "停课通知")
    assert told(Kind.WAITING, text="停课通知") == {"section", "section2"}
    decide(page, district.section)
    assert open_questions() == {"final"}


def test_the_look_is_asked_of_those_who_neither_wrote_nor_approved(district, waiting):
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
    assert told(Kind.LOOK) == {"section2"}
    urgency.check_after_publication(UrgentItem.objects.get(), district.section2, "", in_order=True)
    assert open_questions(Kind.LOOK) == set()


@pytest.fixture
def proposal(district):
    """A change by the final approver that another of the committee has to confirm."""
    name = "test-notices"
    levels = (Level.FINAL, Level.SECTION)
    kinds.register(ChangeKind(name, "change", apply=lambda payload: None, levels=levels))
    yield domain.request_change(
        name,
        user=district.section,
        title="换横幅",
        payload={},
        reason="过期",
        district_key=district.home.translation_key,
    )
    kinds._registry.pop(name)


def test_a_proposal_asks_its_confirmers_until_it_is_decided(district, proposal):
    assert told(Kind.PROPOSAL) == {"final", "section2"}
    domain.confirm(proposal, district.final)
    assert open_questions(Kind.PROPOSAL) == {"section"}


# --- time passes


def test_before_its_term_nobody_is_reminded(district, waiting):
    assert reminders.remind(timezone.now()) == 0
    assert reminders.escalate(timezone.now()) == 0


def test_reminder_once_to_those_who_can_act(district, waiting):
    later = QueueItem.objects.get().remind_at + timedelta(hours=1)
    assert [reminders.remind(later), reminders.remind(later)] == [1, 0]
    assert told(Kind.REMINDER) == {"reviewer1"}
    assert open_questions() == set()
    decide(waiting, district.reviewer1)
    assert open_questions(Kind.REMINDER) == set()


def test_escalation_once_for_each_level_to_the_final_approvers(district, waiting):
    later = QueueItem.objects.get().escalate_at + timedelta(hours=1)
    assert [reminders.escalate(later), reminders.escalate(later)] == [1, 0]
    assert told(Kind.ESCALATION) == {"final"}
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


def keys(kind) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("key", flat=True))


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
        assert keys(kind) == [f"{name}:{pk}" for pk in several[:done]]
    assert run() == 0


def test_what_nobody_can_decide_holds_no_place_before_others(district, several):
    group = role_group(Role.SCHOOL_REVIEWER, district.schools[0])
    group.user_set.remove(district.reviewer1)
    QueueItem.objects.filter(pk=several[1]).update(level=Level.SECTION)
    now = timezone.now()
    assert [reminders.remind(now) for _run in range(4)] == [0, 1, 0, 0]
    assert keys(Kind.REMINDER) == [f"remind:{several[1]}"] * 2
    # On the next day there may be somebody.
    group.user_set.add(district.reviewer1)
    assert reminders.remind(now + timedelta(hours=23)) == 0
    assert [reminders.remind(now + timedelta(hours=25)) for _run in range(3)] == [1, 1, 0]
    assert told(Kind.REMINDER) == {"reviewer1", "section", "section2"}


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


def test_overdue_looks_are_told_in_shares_too(district, looked_for, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 1)
    due = looked_for.check_due_at + timedelta(minutes=1)
    for number in range(2):
        UrgentItem.objects.create(
            workflow_state_id=10**6 + number,
            page_id=looked_for.page_id,
            page_path=looked_for.page_path,
            title=f"第{number}篇",
            district_key=looked_for.district_key,
            reason="急",
            check_due_at=looked_for.check_due_at,
        )
    assert [reminders.escalate(due) for _run in range(4)] == [1, 1, 1, 0]
    assert len(set(keys(Kind.ESCALATION))) == 3


def test_what_did_not_go_public_at_its_time_is_told_to_the_final_approvers_once(district, waiting):
    due = timezone.now() - timedelta(hours=1)
    waiting.revisions.update(approved_go_live_at=due)
    reminders.late(timezone.now())
    reminders.late(timezone.now())
    assert told(Kind.FAILED) == {"final"}
    assert Notice.objects.filter(kind=Kind.FAILED).count() == 1


def test_unknown_states_heal(district, waiting):
    QueueItem.objects.all().delete()
    reminders.heal()
    assert QueueItem.objects.get().page_id == waiting.pk
    WorkflowState.objects.update(status=WorkflowState.STATUS_CANCELLED)
    reminders.heal()
    assert not QueueItem.objects.exists()
    assert open_questions() == set()


def test_what_is_not_published_at_its_time_is_told_to_authors_and_final_approvers(
    district, waiting, time_machine
):
    page = waiting.get_latest_revision_as_object()
    waiting.current_workflow_state.cancel(user=district.editor1)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.expire_at = timezone.now() + timedelta(days=1, hours=1)
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    publish(fresh(page), district)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert schedule.run_due() == {"published": 0, "refused": 1, "taken_down": 0}
    assert not fresh(page).live
    assert told(Kind.FAILED) == {"editor1", "final"}
    notice = Notice.objects.get(kind=Kind.FAILED, user=district.final)
    assert (notice.url, notice.text) == (reverse("publication_schedule"), "来不及发布，期限已过。")


@pytest.fixture
def looked_for(district, waiting):
    """Public as urgent, and owing its look."""
    urgency.mark_urgent(waiting.current_workflow_task_state, district.section2, "汛情通知。")
    for reviewer in (district.section, district.final):
        assert decide(fresh(waiting), reviewer) is None
    return UrgentItem.objects.get()


def test_a_look_that_finds_a_fault_is_told_to_who_can_withdraw(district, looked_for):
    urgency.check_after_publication(looked_for, district.section2, "数字有误。", in_order=False)
    notice = Notice.objects.get(kind=Kind.LOOK, user=district.final)
    assert notice.text == "数字有误。"
    assert notice.url == reverse("publication_withdraw", args=[looked_for.page_id])
    assert Notice.objects.filter(kind=Kind.LOOK, read_at=None).count() == 1


def test_a_look_in_order_leaves_nothing_to_do(district, looked_for):
    urgency.check_after_publication(looked_for, district.section2, "", in_order=True)
    assert not Notice.objects.filter(kind=Kind.LOOK, read_at=None).exists()


def test_a_look_that_nobody_took_in_time_is_told_to_the_final_approvers_once(district, looked_for):
    reminders.escalate(looked_for.check_due_at - timedelta(minutes=1))
    assert told(Kind.ESCALATION) == set()
    for _run in range(2):
        reminders.escalate(looked_for.check_due_at + timedelta(minutes=1))
    assert told(Kind.ESCALATION) == {"final"}
    urgency.check_after_publication(looked_for, district.section2, "", in_order=True)
    assert open_questions(Kind.ESCALATION) == set()


# --- who begins to decide


def test_who_becomes_a_reviewer_is_told_what_waits_already(district, waiting):
    group = role_group(Role.SCHOOL_REVIEWER, district.schools[0])
    for new in ("web_editor", "editor1", "admin"):
        group.user_set.add(district.people[new])
    # editor1 wrote what waits, and a superuser decides on nothing.
    assert open_questions() == {"reviewer1", "web_editor"}
    notice = Notice.objects.get(user=district.web_editor)
    assert (notice.text, notice.url) == ("有 1 篇稿件等您审核。", reverse("review_queue"))
    reminders.heal()
    assert "web_editor" in open_questions()


def test_a_role_that_decides_nothing_brings_no_message(district, waiting):
    role_group(Role.SCHOOL_EDITOR, district.schools[0]).user_set.add(district.web_editor)
    role_group(Role.SECTION_REVIEWER, district.home).user_set.add(district.editor2)
    assert open_questions() == {"reviewer1"}


def test_a_deputy_is_told_from_when_until_when(district):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(3), "ends_on": today + timedelta(5)}
    key = district.schools[0].translation_key
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.web_editor, **days)
    notice = Notice.objects.get(user=district.web_editor)
    assert str(days["starts_on"]) in notice.title and str(days["ends_on"]) in notice.title
    assert notice.text == ""


# --- the inbox


def test_nobody_reads_or_opens_what_is_another_s(district, client, waiting):
    notice = Notice.objects.get()
    client.force_login(district.editor1)
    assert client.get(reverse("notifications_open", args=[notice.pk])).status_code == 404
    assert waiting.title not in client.get(reverse("notifications_inbox")).content.decode()
    client.post(reverse("notifications_inbox"), {"action": "read"})
    assert open_questions() == {"reviewer1"}


@pytest.mark.parametrize("query", ["p=0", "p=99", "p=x"])
def test_a_bad_page_number_is_no_page(district, client, query):
    client.force_login(district.reviewer1)
    assert client.get(f"{reverse('notifications_inbox')}?{query}").status_code == 404


def test_a_bad_filter_is_named_and_narrows_nothing(district, client, waiting):
    client.force_login(district.reviewer1)
    answer = client.get(reverse("notifications_inbox"), {"kind": "<b>"})
    assert answer.status_code == 200
    assert waiting.title in answer.content.decode()
    assert "error-message" in answer.content.decode()


def test_the_inbox_never_leads_to_another_site(district, client):
    client.force_login(district.reviewer1)
    notice = Notice.objects.create(user=district.reviewer1, key="x", url="//evil.example/")
    answer = client.get(reverse("notifications_open", args=[notice.pk]))
    assert answer.url == reverse("notifications_inbox")


def test_opening_a_message_reads_it_and_leads_to_the_decision(district, client, waiting):
    client.force_login(district.reviewer1)
    assert "(1)" in client.get(reverse("wagtailadmin_home")).content.decode()
    listed = client.get(reverse("notifications_inbox"), {"unread": "on", "kind": "waiting"})
    assert waiting.title in listed.content.decode()
    notice = Notice.objects.get()
    answer = client.get(reverse("notifications_open", args=[notice.pk]))
    assert answer.url == reverse("review_decide", args=[waiting.current_workflow_task_state.pk])
    listed = client.get(reverse("notifications_inbox"), {"unread": "on"})
    assert waiting.title not in listed.content.decode()


def test_a_long_inbox_has_pages_and_few_queries(district, client):
    client.force_login(district.reviewer1)
    Notice.objects.bulk_create(
        Notice(user=district.reviewer1, kind=Kind.WAITING, key=f"k{n}", title=f"第{n}号")
        for n in range(60)
    )
    client.get(reverse("notifications_inbox"))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse("notifications_inbox"), {"p": 3, "kind": "waiting"})
    assert answer.status_code == 200
    assert len(caught) <= 20
    client.post(reverse("notifications_inbox"), {"action": "read"})
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_frequency_that_does_not_exist_is_refused(district, client):
    client.force_login(district.reviewer1)
    answer = client.post(
        reverse("notifications_inbox"), {"action": "letters", "frequency": "hourly"}
    )
    assert answer.status_code == 200
    assert not EmailPreference.objects.exists()


def test_only_the_administrator_sees_how_the_worker_fares(district, client):
    JobRun.objects.create(name="letters", error="ConnectionRefusedError: no")
    client.force_login(district.reviewer1)
    assert "ConnectionRefused" not in client.get(reverse("notifications_inbox")).content.decode()
    client.force_login(district.admin)
    assert "ConnectionRefused" in client.get(reverse("notifications_inbox")).content.decode()


def test_a_deleted_page_leaves_no_open_question(district, waiting):
    waiting.workflow_states.all().delete()
    assert open_questions() == set()

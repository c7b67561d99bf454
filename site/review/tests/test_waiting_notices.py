"""A waiting item: exactly those who can decide are asked, and nobody twice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from review.domain import submissions
from review.tests.helpers import approve_up_to_final, notified, open_notices, publish
from roles.models import Deputy, Level, Role
from tests.helpers.district import brand_draft, create_user, decide, fresh, submit

Kind = Notice.Kind


def test_nobody_but_the_reviewers_of_the_level_is_asked(district, waiting):
    assert notified(Kind.WAITING) == {"reviewer1"}
    assert Notice.objects.count() == 1


def test_superusers_and_deactivated_reviewers_are_not_asked(district):
    district.admin.groups.set(district.reviewer1.groups.all())
    leaver = create_user("leaver", Role.SCHOOL_REVIEWER, district.schools[0])
    leaver.is_active = False
    leaver.save()
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert notified(Kind.WAITING) == {"reviewer1"}


def test_an_author_is_not_asked_at_any_level(district):
    district.editor1.groups.add(
        *district.reviewer1.groups.all(),
        *district.section.groups.all(),
        *district.final.groups.all(),
    )
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    approve_up_to_final(fresh(page), district)
    assert "editor1" not in notified(Kind.WAITING)


def test_who_approved_one_level_is_not_asked_at_the_next(district, waiting):
    district.section.groups.add(*district.final.groups.all())
    approve_up_to_final(waiting, district)
    assert "section" not in open_notices()
    assert open_notices() == {"final"}


def test_a_deputy_is_asked_on_the_days_of_the_deputyship(district):
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    past = {"starts_on": today - timedelta(9), "ends_on": today - timedelta(2)}
    key = district.schools[0].translation_key
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.web_editor, **days)
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.editor2, **past)
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    assert notified(Kind.WAITING) == {"reviewer1", "web_editor"}


def test_a_decision_closes_the_question_for_the_others(district, waiting):
    decide(waiting, district.reviewer1)
    assert open_notices() == {"section", "section2"}
    decide(fresh(waiting), district.section)
    assert open_notices() == {"final"}
    assert not Notice.objects.filter(read_at__isnull=False, mail_due_at__isnull=False).exists()


def test_a_refused_decision_closes_nothing(district, waiting):
    assert decide(waiting, district.reviewer2) is not None
    assert open_notices() == {"reviewer1"}


def test_what_is_called_back_asks_nobody(district, waiting):
    waiting.current_workflow_state.cancel(user=district.editor1)
    assert open_notices() == set()


def test_a_rolled_back_submission_leaves_no_message(district):
    page = brand_draft(district.schools[0], district.editor1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        submit(page, district.editor1)
        raise ZeroDivisionError
    assert not Notice.objects.exists()


def test_rebuilding_the_queue_asks_nobody_twice(district, waiting):
    submissions.rebuild_queue()
    assert Notice.objects.filter(kind=Kind.WAITING).count() == 1
    assert open_notices() == {"reviewer1"}


def test_a_deleted_page_leaves_no_open_question(district, waiting):
    waiting.workflow_states.all().delete()
    assert open_notices() == set()


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
        create_user(f"many{number}", Role.SCHOOL_REVIEWER, district.schools[0])
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

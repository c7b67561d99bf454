"""The district's pool of school reviewers: whom it helps, and whose items it does not see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import RecordEntry
from notifications.models import Notice
from review import queue, reminders
from review.models.queue import QueueItem
from roles.groups import role_group
from roles.models import Role
from roles.staffing import shortages
from tests.helpers.content import bootstrap
from tests.helpers.district import brand_draft, create_user, decide, fresh, submit
from tests.helpers.publish_attempts import waiting_page


@pytest.fixture
def pool(district):
    """Two people, teachers of some schools, whom the district has in its pool."""
    return [create_user(f"pool{number}", Role.POOL_REVIEWER, district.home) for number in (1, 2)]


def decision_url(page):
    return reverse("review_decide", args=[fresh(page).current_workflow_task_state.pk])


def notified(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_the_pool_does_not_see_what_a_school_can_decide_itself(client, district, pool, waiting):
    assert decide(waiting, pool[0])
    assert not queue.waiting_for(pool[0]).exists()
    client.force_login(pool[0])
    client.get(decision_url(waiting))
    assert not notified(pool[0])
    screen = client.get(reverse("review_queue")).content.decode()
    assert waiting.title not in screen
    response = client.get(decision_url(waiting), follow=True)
    assert waiting.title not in response.content.decode()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk])).status_code != 200


def test_the_pool_decides_where_the_only_reviewer_wrote_the_text(client, district, pool):
    reviewer = district.reviewer1
    reviewer.groups.add(role_group(Role.SCHOOL_EDITOR, district.schools[0]))
    page = brand_draft(district.schools[0], reviewer)
    submit(page, reviewer)
    assert queue.waiting_for(pool[0]).get().page_id == page.pk
    assert notified(pool[0]) == notified(pool[1]) == [Notice.Kind.WAITING]
    client.force_login(pool[0])
    assert 'value="approve"' in client.get(decision_url(page)).content.decode()
    assert decide(fresh(page), reviewer)
    assert decide(fresh(page), pool[0]) is None
    entry = RecordEntry.objects.get(kind="approval")
    assert "初审库" in entry.user_role
    assert decide(fresh(page), pool[1]), "the level is done"


def test_the_pool_is_asked_when_the_school_is_late(district, pool, waiting):
    QueueItem.objects.update(remind_at=timezone.now() - timedelta(minutes=1))
    reminders.remind()
    assert notified(pool[0]) == [Notice.Kind.REMINDER]
    assert queue.waiting_for(pool[0]).exists()
    assert decide(fresh(waiting), pool[0]) is None


def test_the_pool_is_asked_when_the_last_reviewer_leaves(
    district, pool, waiting, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.remove(district.reviewer1)
    assert queue.waiting_for(pool[0]).exists()
    assert notified(pool[0]) == [Notice.Kind.WAITING]
    with django_capture_on_commit_callbacks(execute=True):
        role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.add(district.reviewer1)
    assert not queue.waiting_for(pool[0]).exists()


def test_a_deputy_whose_time_is_over_is_missing_from_the_next_run_on(district, pool, waiting):
    district.reviewer1.is_active = False
    district.reviewer1.save()
    reminders.heal()
    assert queue.waiting_for(pool[0]).get().page_id == waiting.pk


def test_the_pool_of_another_district_is_not_asked(district, pool):
    other = create_user("elsewhere", Role.POOL_REVIEWER, bootstrap("gaoxin.example"))
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.remove(district.reviewer1)
    page = waiting_page(district)
    assert queue.waiting_for(pool[0]).exists()
    assert not queue.waiting_for(other).exists()
    assert decide(fresh(page), other)


def test_whoever_wrote_in_it_decides_nothing_with_the_pool_either(district, pool):
    pool[0].groups.add(role_group(Role.SCHOOL_EDITOR, district.schools[0]))
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.remove(district.reviewer1)
    page = brand_draft(district.schools[0], pool[0])
    submit(page, pool[0])
    assert decide(fresh(page), pool[0])
    assert decide(fresh(page), pool[1]) is None


def test_what_one_decided_from_the_pool_stays_readable(client, district, pool):
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.remove(district.reviewer1)
    page = waiting_page(district)
    url = decision_url(page)
    assert decide(page, pool[0]) is None
    client.force_login(pool[0])
    assert client.get(url).status_code == 200
    client.force_login(pool[1])
    assert page.title not in client.get(url, follow=True).content.decode()


def test_with_a_pool_a_school_needs_one_reviewer(district, pool):
    assert not [each for each in shortages() if each.in_school]
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.remove(district.reviewer1)
    assert [each.title for each in shortages() if each.in_school] == [district.schools[0].title]


def test_a_pool_of_one_is_too_small(district):
    create_user("pool1", Role.POOL_REVIEWER, district.home)
    assert [each.title for each in shortages() if each.is_pool] == [district.home.title]


def test_the_screen_says_who_is_barred_before_a_suggestion_is_sent(client, district, pool, waiting):
    client.force_login(district.reviewer1)
    task_state = waiting.current_workflow_task_state
    screen = client.get(reverse("review_correct", args=[task_state.pk])).content.decode()
    foot = screen[screen.index("correct-next") :][:1500]
    excluded, _heading, remaining = foot.partition("之后可以审核的人")
    assert "reviewer1" in excluded and "editor1" in excluded
    assert "pool1" in remaining and "reviewer1" not in remaining

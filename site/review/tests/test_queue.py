"""The queue: who sees what waits, and narrows it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from review import queue
from review.models.queue import QueueItem
from review.tests.helpers import bring_to_level, open_queue, queue_titles
from roles.groups import role_group
from roles.models import Deputy, Role
from tests.helpers.district import decide, fresh
from tests.helpers.publish_attempts import waiting_page


def test_who_decides_nowhere_has_no_queue(client, district, waiting):
    for person in (district.editor1, district.colleague, district.web_editor):
        assert open_queue(client, person).status_code == 302
        assert (
            'href="/admin/queue/"' not in client.get(reverse("wagtailadmin_home")).content.decode()
        )
    client.logout()
    assert client.get(reverse("review_queue")).status_code == 302


@pytest.mark.parametrize(
    ("level", "sees"),
    [("school", {"reviewer1"}), ("section", {"section", "section2"}), ("final", {"final"})],
)
def test_an_item_waits_for_the_people_of_its_level_alone(client, district, waiting, level, sees):
    bring_to_level(waiting, district, level)
    people = ["reviewer1", "reviewer2", "section", "section2", "final", "admin"]
    seen_by = {name for name in people if queue_titles(client, getattr(district, name))}
    assert seen_by == sees


def test_an_author_and_who_decided_already_do_not_see_it_as_theirs(client, district, waiting):
    district.section.groups.add(*district.final.groups.all())
    bring_to_level(waiting, district, "final")
    assert queue_titles(client, district.section) == []
    [row] = open_queue(client, district.section, tab="all").context["rows"]
    assert row.exclusion


def test_who_is_in_every_group_waits_for_himself_nowhere(client, district, waiting):
    district.editor1.groups.add(role_group(Role.SCHOOL_REVIEWER, district.schools[0]))
    assert queue_titles(client, district.editor1) == []


def test_who_left_sees_nothing(district, waiting):
    district.reviewer1.is_active = False
    district.reviewer1.save()
    assert not queue.waiting_for(district.reviewer1).exists()


def test_a_deputy_sees_it_in_those_days_only(client, district, waiting):
    today = timezone.localdate()
    deputy = Deputy.objects.create(
        level="school",
        scope_key=district.schools[0].translation_key,
        user=district.reviewer2,
        starts_on=today,
        ends_on=today,
        reason="出差",
    )
    assert queue_titles(client, district.reviewer2) == [waiting.title]
    assert decide(fresh(waiting), district.reviewer2) is None
    Deputy.objects.filter(pk=deputy.pk).update(ends_on=today - datetime.timedelta(days=1))
    other = waiting_page(district, title="二", kind="branch")
    assert queue_titles(client, district.reviewer2) == []
    assert decide(other, district.reviewer2) is not None


def test_a_school_reviewer_sees_nothing_of_another_school(client, district, waiting):
    assert queue_titles(client, district.reviewer2, tab="all") == []


def test_the_oldest_submission_comes_first_and_a_decided_one_goes(client, district, waiting):
    later = waiting_page(district, title="后来的", kind="branch")
    assert queue_titles(client, district.reviewer1) == [waiting.title, later.title]
    decide(waiting, district.reviewer1)
    assert queue_titles(client, district.reviewer1) == [later.title]
    assert queue_titles(client, district.section) == [waiting.title]


def test_bad_values_narrow_nothing_and_a_bad_page_is_404(client, district, waiting):
    assert queue_titles(client, district.reviewer1, kind="x", school="y", level="z") == [
        waiting.title
    ]
    for number in ("0", "7", "x"):
        assert open_queue(client, district.reviewer1, p=number).status_code == 404


@pytest.mark.parametrize(
    "narrowed",
    [
        {"q": "没有这样的"},
        {"school": "999999"},
        {"township": "别处"},
        {"level": "final"},
        {"findings": "block"},
        {"overdue": "on"},
        {"urgent": "on"},
    ],
)
def test_what_does_not_match_is_left_out(client, district, waiting, narrowed):
    assert queue_titles(client, district.reviewer1, **narrowed) == []


@pytest.mark.parametrize("name", ["school", "kind"])
@pytest.mark.parametrize("value", ["9" * 23, "-1", "²", "1 OR 1=1"])
def test_a_number_that_is_no_key_narrows_nothing(client, district, waiting, name, value):
    assert queue_titles(client, district.reviewer1, **{name: value}) == [waiting.title]


def test_what_matches_stays(client, district, waiting):
    item = QueueItem.objects.get()
    past = timezone.now() - datetime.timedelta(days=9)
    QueueItem.objects.update(remind_at=past, urgent=True, blocks=1)
    query = {
        "q": waiting.title[:2],
        "school": item.school_id,
        "township": item.township,
        "kind": item.kind_id,
        "level": "school",
        "findings": "block",
        "overdue": "on",
        "urgent": "on",
    }
    assert queue_titles(client, district.reviewer1, **query) == [waiting.title]


def test_a_queue_of_more_than_one_page_leads_on_and_keeps_its_filter(client, district, monkeypatch):
    monkeypatch.setattr("review.views.queue.PAGE_SIZE", 1)
    for slogan in ("一", "二"):
        waiting_page(district, slogan=slogan, kind="branch")
    first = open_queue(client, district.reviewer1, level="school").content.decode()
    assert 'rel="next"' in first
    assert "level=school&amp;p=2" in first
    second = open_queue(client, district.reviewer1, level="school", p=2).content.decode()
    assert 'rel="prev"' in second


def test_decisions_of_more_than_one_page_lead_on(client, district, monkeypatch):
    monkeypatch.setattr("review.views.queue.PAGE_SIZE", 1)
    for slogan in ("一", "二"):
        page = waiting_page(district, slogan=slogan, kind="branch")
        assert decide(page, district.reviewer1) is None
    decided = open_queue(client, district.reviewer1, tab="approved").content.decode()
    assert "tab=approved&amp;p=2" in decided

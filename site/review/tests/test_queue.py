"""The queue: who sees what waits, narrows it, and approves several at once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import RecordEntry
from review import queue, reminders
from review.models.queue import QueueItem, ReadReceipt
from roles.groups import role_group
from roles.models import Deputy, Role
from tests.helpers.district import brand_draft, decide, decision_form, fresh, submit
from tests.helpers.publish_attempts import waiting_page

QUEUE = "review_queue"


@pytest.fixture
def waiting(district):
    return waiting_page(district)


def see(client, user, **query):
    client.force_login(user)
    return client.get(reverse(QUEUE), query)


def titles(client, user, **query) -> list[str]:
    return [row.item.title for row in see(client, user, **query).context["rows"]]


def at_level(page, district, level):
    for person in (district.reviewer1, district.section)[
        : ["school", "section", "final"].index(level)
    ]:
        assert decide(fresh(page), person) is None


def open_it(client, user, page):
    client.force_login(user)
    state = fresh(page).current_workflow_task_state
    assert client.get(reverse("review_decide", args=[state.pk])).status_code == 200


# --- who sees what


def test_who_decides_nowhere_has_no_queue(client, district, waiting):
    for person in (district.editor1, district.colleague, district.web_editor):
        assert see(client, person).status_code == 302
        assert (
            'href="/admin/queue/"' not in client.get(reverse("wagtailadmin_home")).content.decode()
        )
    client.logout()
    assert client.get(reverse(QUEUE)).status_code == 302


@pytest.mark.parametrize(
    ("level", "sees"),
    [("school", {"reviewer1"}), ("section", {"section", "section2"}), ("final", {"final"})],
)
def test_an_item_waits_for_the_people_of_its_level_alone(client, district, waiting, level, sees):
    at_level(waiting, district, level)
    people = ["reviewer1", "reviewer2", "section", "section2", "final", "admin"]
    found = {name for name in people if titles(client, getattr(district, name))}
    assert found == sees


def test_an_author_and_who_decided_already_do_not_see_it_as_theirs(client, district, waiting):
    district.section.groups.add(*district.final.groups.all())
    at_level(waiting, district, "final")
    assert titles(client, district.section) == []
    [row] = see(client, district.section, tab="all").context["rows"]
    assert row.barred


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
    assert titles(client, district.reviewer2) == [waiting.title]
    assert decide(fresh(waiting), district.reviewer2) is None
    Deputy.objects.filter(pk=deputy.pk).update(ends_on=today - datetime.timedelta(days=1))
    other = waiting_page(district, title="二", kind="branch")
    assert titles(client, district.reviewer2) == []
    assert decide(other, district.reviewer2) is not None


def test_a_school_reviewer_sees_nothing_of_another_school(client, district, waiting):
    assert titles(client, district.reviewer2, tab="all") == []


def test_the_oldest_submission_comes_first_and_a_decided_one_goes(client, district, waiting):
    later = waiting_page(district, title="后来的", kind="branch")
    assert titles(client, district.reviewer1) == [waiting.title, later.title]
    decide(waiting, district.reviewer1)
    assert titles(client, district.reviewer1) == [later.title]
    assert titles(client, district.section) == [waiting.title]


def test_the_first_screen_of_a_reviewer_is_the_queue(client, district, waiting):
    client.force_login(district.reviewer1)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    state = fresh(waiting).current_workflow_task_state
    assert reverse("review_decide", args=[state.pk]) in page
    assert "(1)" in page


# --- narrowing


def test_bad_values_narrow_nothing_and_a_bad_page_is_404(client, district, waiting):
    assert titles(client, district.reviewer1, kind="x", school="y", level="z") == [waiting.title]
    for number in ("0", "7", "x"):
        assert see(client, district.reviewer1, p=number).status_code == 404


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
    assert titles(client, district.reviewer1, **narrowed) == []


@pytest.mark.parametrize("name", ["school", "kind"])
@pytest.mark.parametrize("value", ["9" * 23, "-1", "²", "1 OR 1=1"])
def test_a_number_that_is_no_key_narrows_nothing(client, district, waiting, name, value):
    assert titles(client, district.reviewer1, **{name: value}) == [waiting.title]


@pytest.mark.parametrize("item", ["²:abc", f"{'9' * 5000}:abc", "-1:abc", ":", "x"])
def test_ticks_that_are_no_items_are_refused_in_words(client, district, waiting, item):
    client.force_login(district.reviewer1)
    assert client.post(reverse("review_batch"), {"item": item}).status_code == 302
    assert QueueItem.objects.count() == 1


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
    assert titles(client, district.reviewer1, **query) == [waiting.title]


# --- several at once


def chosen(*pages):
    items = QueueItem.objects.filter(page_id__in=[page.pk for page in pages])
    return {"item": [f"{item.pk}:{item.digest}" for item in items]}


def said(page):
    form = decision_form(fresh(page))
    return {"ticks": form["ticks"], "secrecy": form["secrecy"], "confirmed": "1"}


def approve_several(client, user, *pages, **more):
    client.force_login(user)
    return client.post(reverse("review_batch"), chosen(*pages) | more)


def approved() -> int:
    return RecordEntry.objects.filter(kind="approval").count()


def test_what_was_not_opened_is_not_approved_with_others(client, district, waiting):
    approve_several(client, district.reviewer1, waiting, **said(waiting))
    assert approved() == 0


def test_what_changed_since_it_was_opened_is_left_out(client, district, waiting):
    open_it(client, district.reviewer1, waiting)
    ReadReceipt.objects.update(digest="0" * 64)
    approve_several(client, district.reviewer1, waiting, **said(waiting))
    assert approved() == 0


def test_what_has_findings_is_left_out(client, district, waiting):
    open_it(client, district.reviewer1, waiting)
    QueueItem.objects.update(warnings=1)
    approve_several(client, district.reviewer1, waiting, **said(waiting))
    assert approved() == 0


def test_people_of_other_levels_approve_nothing_at_once(client, district, waiting):
    open_it(client, district.reviewer1, waiting)
    for name in ("section", "final", "reviewer2", "editor1", "admin"):
        approve_several(client, getattr(district, name), waiting, **said(waiting))
    assert approved() == 0


def test_without_the_list_nothing_is_approved(client, district, waiting):
    open_it(client, district.reviewer1, waiting)
    answer = approve_several(client, district.reviewer1, waiting, confirmed="1", secrecy="open")
    assert answer.status_code == 200
    assert approved() == 0


def test_several_are_approved_each_with_its_own_entry(client, district, waiting):
    other = brand_draft(district.schools[0], district.editor1, title="二", kind="branch")
    submit(other, district.editor1)
    for page in (waiting, other):
        open_it(client, district.reviewer1, page)
    assert approve_several(client, district.reviewer1, waiting, other).status_code == 200
    assert approved() == 0
    form = chosen(waiting, other) | said(waiting)
    client.post(reverse("review_batch"), form)
    client.post(reverse("review_batch"), form)
    entries = RecordEntry.objects.filter(kind="approval")
    assert {entry.page_id for entry in entries} == {waiting.pk, other.pk}
    assert all(len(entry.ticks) == 7 for entry in entries)
    assert titles(client, district.section) == [waiting.title, other.title]


# --- kept in step, and quick


def test_a_rebuilt_queue_is_the_kept_one(district, waiting):
    decide(waiting, district.reviewer1)
    waiting_page(district, title="二", kind="branch")

    def rows():
        shown = ("pk", "page_id", "page_path", "level", "digest", "title", "school_id", "urgent")
        exclusions = [
            sorted(item.exclusions.values_list("user_id", flat=True))
            for item in QueueItem.objects.order_by("pk")
        ]
        return list(QueueItem.objects.order_by("pk").values(*shown)), exclusions

    kept = rows()
    assert queue.rebuild() == 2
    assert rows() == kept


def kept_names() -> set[tuple[str, str]]:
    return set(QueueItem.objects.values_list("school_title", "township"))


def test_the_queue_follows_a_renamed_school(district, waiting, django_capture_on_commit_callbacks):
    school = fresh(district.schools[0])
    old = (school.title, school.township)
    school.title, school.township = "新名小学", "新街道"
    school.save_revision(user=district.editor1)
    submit(school, district.editor1)
    assert kept_names() == {old}
    with django_capture_on_commit_callbacks(execute=True):
        for person in (district.reviewer1, district.section, district.final):
            assert decide(fresh(school), person) is None
    assert kept_names() == {("新名小学", "新街道")}


def test_healing_gives_the_queue_the_schools_names(
    district, waiting, django_assert_max_num_queries
):
    school = fresh(district.schools[0])
    waiting_page(district, title="二", kind="branch")
    QueueItem.objects.update(school_title="旧名", township="旧街道")
    with django_assert_max_num_queries(3):
        reminders._follow_schools()
    assert kept_names() == {(school.title, school.township)}
    with django_assert_max_num_queries(2):
        reminders._follow_schools()
    QueueItem.objects.update(school_title="旧名")
    reminders.heal()
    assert kept_names() == {(school.title, school.township)}


def test_more_items_take_no_more_queries(client, district, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(user, name):
        client.force_login(user)
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(name))
        return len(queries)

    def all_costs():
        people = (district.reviewer1, district.section, district.admin)
        return [cost(person, name) for person in people for name in (QUEUE, "wagtailadmin_home")]

    for number in range(3):
        waiting_page(district, title=f"第{number}件", kind="branch")
    few = all_costs()
    for number in range(3, 12):
        waiting_page(district, title=f"第{number}件", kind="branch")
    many = all_costs()
    assert many == few
    assert max(many) <= 25, many


def test_who_is_in_every_group_waits_for_himself_nowhere(client, district, waiting):
    district.editor1.groups.add(role_group(Role.SCHOOL_REVIEWER, district.schools[0]))
    assert titles(client, district.editor1) == []


# --- what of mine waits for others


def test_the_author_reads_on_the_first_screen_where_his_page_waits(client, district, waiting):
    client.force_login(district.editor1)
    at_level(waiting, district, "section")
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f'href="/admin/pages/{waiting.pk}/edit/"' in shown
    assert "mine-in-review" in shown
    for name in ("colleague", "reviewer1", "section", "admin"):
        client.force_login(getattr(district, name))
        assert "mine-in-review" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_came_back_is_not_called_waiting(client, district, waiting):
    decide(waiting, district.reviewer1, "reject", "缺少年份")
    client.force_login(district.editor1)
    assert "mine-in-review" not in client.get(reverse("wagtailadmin_home")).content.decode()

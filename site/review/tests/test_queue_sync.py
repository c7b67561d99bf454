"""The queue's rows are kept in step with states and schools, and take few queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from review import reminders
from review.domain import submissions
from review.models.queue import QueueItem
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import waiting_page


def test_a_rebuilt_queue_is_as_it_was(district, waiting):
    decide(waiting, district.reviewer1)
    waiting_page(district, title="二", kind="branch")

    def rows():
        shown = ("pk", "page_id", "page_path", "level", "digest", "title", "school_id", "urgent")
        exclusions = [
            sorted(item.exclusions.values_list("user_id", flat=True))
            for item in QueueItem.objects.order_by("pk")
        ]
        return list(QueueItem.objects.order_by("pk").values(*shown)), exclusions

    before = rows()
    assert submissions.rebuild_queue() == 2
    assert rows() == before


def names_in_queue() -> set[tuple[str, str]]:
    return set(QueueItem.objects.values_list("school_title", "township"))


def test_the_queue_follows_a_renamed_school(district, waiting, django_capture_on_commit_callbacks):
    school = fresh(district.schools[0])
    old = (school.title, school.township)
    school.title, school.township = "新名小学", "新街道"
    school.save_revision(user=district.editor1)
    submit(school, district.editor1)
    assert names_in_queue() == {old}
    with django_capture_on_commit_callbacks(execute=True):
        for person in (district.reviewer1, district.section, district.final):
            assert decide(fresh(school), person) is None
    assert names_in_queue() == {("新名小学", "新街道")}


def test_healing_gives_the_queue_the_schools_names(
    district, waiting, django_assert_max_num_queries
):
    school = fresh(district.schools[0])
    waiting_page(district, title="二", kind="branch")
    QueueItem.objects.update(school_title="旧名", township="旧街道")
    with django_assert_max_num_queries(3):
        reminders._update_schools()
    assert names_in_queue() == {(school.title, school.township)}
    with django_assert_max_num_queries(2):
        reminders._update_schools()
    QueueItem.objects.update(school_title="旧名")
    reminders.heal()
    assert names_in_queue() == {(school.title, school.township)}


def test_more_items_take_no_more_queries(client, district, django_assert_max_num_queries):
    def cost(user, name):
        client.force_login(user)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        return len(queries)

    def all_costs():
        people = (district.reviewer1, district.section, district.admin)
        return [
            cost(person, name)
            for person in people
            for name in ("review_queue", "wagtailadmin_home")
        ]

    for number in range(3):
        waiting_page(district, title=f"第{number}件", kind="branch")
    few = all_costs()
    for number in range(3, 12):
        waiting_page(district, title=f"第{number}件", kind="branch")
    many = all_costs()
    assert many == few
    assert max(many) <= 25, many

"""Pages under review or on the record: not copied into public, deleted, moved or called back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from audit import verification
from audit.models import RecordEntry
from core.media.reviewed_files import FileLock
from core.models import Image
from core.publishing.refusals import PublishingRefused
from tests.helpers.content import (
    CHECK_WITHIN,
    DAY,
    HOUR,
    NewsPage,
    RouteIndexPage,
    UrgentItem,
    kinds,
    new_page,
    publish_route,
    publish_two_bases,
    run_at,
    schedule,
    scheduled,
    urgency,
    withdrawal,
)
from tests.helpers.district import brand_form, decide, fresh, submit
from tests.helpers.publish_attempts import public_page, waiting_page

UNREVIEWED = "没审过的话"


def image_of(school) -> Image:
    file = get_test_image_file(size=(2000, 1500))
    return Image.objects.create(
        title="图", description="图", file=file, collection=school.collection
    )


def copy_of(client, page, person):
    client.force_login(person)
    form = {"new_title": UNREVIEWED, "new_slug": "a-copy", "copy_subpages": ""}
    parent = page.get_parent().pk
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    client.post(address, form | {"new_parent_page": parent})
    client.logout()
    return type(page).objects.get(slug="a-copy")


def test_a_copy_of_an_ended_notice_says_nothing_in_public(client, district, time_machine):
    page = NewsPage(
        title="公示", summary="公示。", author_name="办公室", live=False, owner=district.editor1,
        body=[("paragraph", "<p>公示。</p>")], kind="public_notice",
        notice_until=timezone.localdate(),
    )  # fmt: skip
    district.schools[0].add_child(instance=page)
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    time_machine.move_to(timezone.now() + 2 * DAY)
    assert schedule.run_due()["taken_down"] == 1
    copied = copy_of(client, fresh(page), district.editor1)
    answer = client.get(copied.url)
    assert answer.status_code == 404
    assert UNREVIEWED not in answer.content.decode()
    assert client.get(fresh(page).url).status_code == 410


def test_a_copy_of_a_withdrawn_page_was_never_withdrawn(client, district):
    page = public_page(district, kind="branch")
    withdrawal.withdraw(page, district.final, "内容有误。")
    copied = copy_of(client, fresh(page), district.editor1)
    assert copied.withdrawn_at is None
    assert client.get(copied.url).status_code == 404


@pytest.mark.parametrize("state", ["scheduled", "waiting", "withdrawn"])
@pytest.mark.parametrize("name", ["editor1", "admin"])
def test_a_recorded_page_cannot_be_deleted(client, district, state, name):
    if state == "scheduled":
        page = scheduled(new_page(district), district)
    elif state == "waiting":
        page = waiting_page(district)
    else:
        page = public_page(district)
        withdrawal.withdraw(page, district.final, "内容有误。")
    client.force_login(getattr(district, name))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert type(page).objects.filter(pk=page.pk).exists()
    with pytest.raises(PublishingRefused):
        fresh(page).delete()


def test_a_returned_draft_can_be_deleted_by_its_author(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1, "reject", "请改。") is None
    client.force_login(district.editor1)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not type(page).objects.filter(pk=page.pk).exists()


def test_a_scheduled_page_cannot_be_moved(client, district):
    page = scheduled(new_page(district), district)
    client.force_login(district.admin)
    move = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, district.schools[1].pk])
    client.post(move)
    assert fresh(page).path == page.path


def test_an_item_that_its_author_calls_back_ends_on_the_record(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1) is None
    client.force_login(district.editor1)
    form = brand_form() | {"action-cancel-workflow": "1"}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert kinds(page) == ["submission", "approval", "recall"]
    assert RecordEntry.objects.last().user_id == district.editor1.pk
    assert list(verification.find_problems()) == []


def test_a_withdrawal_says_once_that_the_review_ended(district):
    page = public_page(district)
    page.slogan = "改过"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    withdrawal.withdraw(fresh(page), district.final, "内容有误。")
    assert kinds(page).count("recall") == 1


def test_cancelling_after_the_last_decision_is_refused_and_changes_nothing(district):
    page = fresh(new_page(district))
    page.go_live_at = timezone.now() + DAY
    page.cover = image_of(district.schools[0])
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section):
        assert decide(fresh(page), person) is None
    stale = fresh(page).current_workflow_state
    assert decide(fresh(page), district.final) is None
    with pytest.raises(PublishingRefused):
        stale.cancel(user=district.editor1)
    stale.refresh_from_db()
    assert stale.status == "approved"
    assert FileLock.objects.exists()


def test_a_withdrawn_picture_is_not_back_at_its_old_address(
    client, district, django_capture_on_commit_callbacks
):
    image = image_of(district.schools[0])
    page = public_page(district, cover=image)
    client.get(page.url)
    known = {rendition.file.name for rendition in image.renditions.all()}
    assert known
    with django_capture_on_commit_callbacks(execute=True):
        withdrawal.withdraw(page, district.final, "图片有误。")
    client.force_login(district.editor1)
    client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    shown = {rendition.file.name for rendition in Image.objects.get(pk=image.pk).renditions.all()}
    assert shown and not shown & known


def test_a_withdrawn_base_is_neither_named_nor_pictured_on_its_routes(client, district):
    one, two = publish_two_bases(district)
    route = publish_route(parent=district.child(RouteIndexPage), bases=(one, two))
    assert one.title in client.get(route.url).content.decode()
    withdrawal.withdraw(fresh(one), district.final, "内容有误。")
    shown = client.get(route.url).content.decode()
    assert fresh(one).title not in shown
    assert fresh(two).title in shown


def urgent_for_tomorrow(district):
    """An urgent page that its two levels approved for tomorrow."""
    page = fresh(new_page(district))
    page.go_live_at = timezone.now() + DAY
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    urgency.mark_urgent(fresh(page).current_workflow_task_state, district.section2, "汛情。")
    for person in (district.section, district.final):
        assert decide(fresh(page), person) is None
    return fresh(page)


def test_an_urgent_item_owes_its_check_from_the_day_it_is_public(district):
    page = urgent_for_tomorrow(district)
    assert not urgency.owed_checks().exists()
    run_at(timezone.now() + DAY + HOUR)
    due = urgency.owed_checks().get().check_due_at
    assert due > timezone.now() + 2 * DAY - HOUR
    assert [each.page_id for each in urgency.open_checks_for(district.section2)] == [page.pk]
    withdrawal.withdraw(fresh(page), district.final, "内容有误。")
    assert not urgency.owed_checks().exists(), "nobody can check what was withdrawn"


def test_an_urgent_item_that_was_called_back_owes_nothing(district):
    page = urgent_for_tomorrow(district)
    schedule.call_back(fresh(page), district.final, "不发了。")
    assert not urgency.owed_checks().exists()
    assert UrgentItem.objects.get().check_due_at is None
    assert timedelta(hours=24) == CHECK_WITHIN

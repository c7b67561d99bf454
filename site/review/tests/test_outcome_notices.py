"""What came of an item: its writers are told, with the words, and led where they can act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from publication import schedule, withdrawal
from review.domain import corrections
from review.domain.gate import Submission
from review.tests.helpers import notified, open_notices, publish
from tests.helpers.district import brand_draft, build_decision, decide, fresh, submit

Kind = Notice.Kind


def test_a_return_tells_its_authors_with_the_words(district):
    page = brand_draft(district.schools[0], district.colleague)
    page.save_revision(user=district.editor1)
    submit(page, district.editor1)
    assert decide(fresh(page), district.reviewer1, "reject", "请补充图片说明") is None
    assert notified(Kind.RETURNED, text="请补充图片说明") == {"editor1", "colleague"}
    assert open_notices() == set()


@pytest.mark.parametrize("departure", ["moved on", "switched off"])
def test_when_its_author_has_left_the_colleagues_are_told_of_a_return(district, waiting, departure):
    if departure == "moved on":
        district.editor1.groups.clear()
    else:
        district.editor1.is_active = False
        district.editor1.save()
    decide(waiting, district.reviewer1, "reject", "请补充")
    assert notified(Kind.RETURNED) == {"colleague"}


def test_nobody_is_led_to_a_form_that_is_closed_to_them(district, client, waiting):
    decide(waiting, district.reviewer1)
    state = fresh(waiting).current_workflow_task_state
    text = fresh(waiting).get_latest_revision_as_object()
    text.slogan = "改一句"
    corrections.correct(
        state, district.section, text, "改一句。", build_decision(fresh(waiting)).digest
    )
    for reviewer in (district.reviewer1, district.section2, district.final):
        assert decide(fresh(waiting), reviewer) is None
    urls = {
        notice.user.username: notice.url for notice in Notice.objects.filter(kind=Kind.PUBLISHED)
    }
    assert urls["editor1"] == reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert client.get(urls["section"]).status_code == 200
    assert urls["section"] == fresh(waiting).url


def test_publication_tells_submitter_and_authors(district, waiting):
    publish(waiting, district)
    assert notified(Kind.PUBLISHED) == {"editor1"}


def test_authors_of_an_older_version_are_not_told_of_the_next(district, waiting):
    page = publish(waiting, district)
    Notice.objects.all().delete()
    page.slogan = "新口号"
    page.save_revision(user=district.colleague)
    submit(page, district.colleague)
    publish(fresh(page), district)
    assert notified(Kind.PUBLISHED) == {"colleague"}


def test_a_withdrawal_tells_the_authors_why(district, waiting):
    page = publish(waiting, district)
    withdrawal.withdraw(page, district.final, "图片来源不明")
    assert notified(Kind.WITHDRAWN) == {"editor1"}
    assert Notice.objects.get(kind=Kind.WITHDRAWN).text == "图片来源不明"


def test_a_correction_tells_the_authors_but_not_the_corrector(district, waiting):
    decide(waiting, district.reviewer1)
    page = fresh(waiting)
    state = page.current_workflow_task_state
    text = page.get_latest_revision_as_object()
    text.title = "改过的标题"
    digest = Submission(page, state.workflow_state).digest
    corrections.correct(state, district.section, text, "标题有误", digest)
    assert notified(Kind.CORRECTED) == {"editor1"}


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
    assert notified(Kind.FAILED) == {"editor1", "final"}
    notice = Notice.objects.get(kind=Kind.FAILED, user=district.final)
    assert (notice.url, notice.text) == (reverse("publication_schedule"), "来不及发布，期限已过。")

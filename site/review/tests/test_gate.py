"""What the three levels let through, and what nobody can get past them."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from audit.models import RecordEntry
from review.domain import gate
from roles.models import Level, LevelRule
from tests.helpers.content import StandardPage
from tests.helpers.district import brand_draft, brand_form, decide, decision_form, fresh, submit
from tests.helpers.publish_attempts import current_level


def test_three_distinct_people_publish(district, waiting):
    for person in (district.reviewer1, district.section, district.final):
        assert not fresh(waiting).live
        assert decide(fresh(waiting), person) is None
    page = fresh(waiting)
    assert page.live
    assert page.live_revision == page.get_latest_revision()
    assert [entry.kind for entry in RecordEntry.objects.filter(page_id=page.pk)] == [
        "submission",
        "approval",
        "approval",
        "approval",
        "publication",
    ]


def test_every_level_refuses_the_people_of_the_others(district, waiting):
    for person in (district.section, district.final, district.reviewer2, district.admin):
        assert decide(waiting, person) is not None
    assert current_level(waiting) == Level.SCHOOL
    kinds = RecordEntry.objects.filter(page_id=waiting.pk).values_list("kind", flat=True)
    assert list(kinds) == ["submission"]


def test_an_author_decides_at_no_level(district, waiting):
    district.editor1.groups.set(
        [
            *district.reviewer1.groups.all(),
            *district.section.groups.all(),
            *district.final.groups.all(),
        ]
    )
    assert decide(waiting, district.editor1) is not None
    decide(waiting, district.reviewer1)
    assert decide(fresh(waiting), district.editor1) is not None
    assert current_level(waiting) == Level.SECTION


def test_nobody_decides_at_two_levels(district, waiting):
    district.section.groups.add(*district.final.groups.all())
    decide(waiting, district.reviewer1)
    decide(fresh(waiting), district.section)
    page = fresh(waiting)
    assert decide(page, district.section) is not None
    assert not fresh(page).live
    assert decide(fresh(page), district.final) is None
    assert fresh(page).live


def test_a_return_needs_words(district, waiting):
    assert decide(waiting, district.reviewer1, "reject") is not None
    assert current_level(waiting) == Level.SCHOOL


def test_a_returned_item_starts_at_the_first_level_again(district, waiting):
    decide(waiting, district.reviewer1)
    decide(fresh(waiting), district.section, "reject", "第三段请写出处。")
    page = fresh(waiting)
    assert page.current_workflow_state.status == "needs_changes"
    assert page.current_workflow_state.current_task_state.comment == "第三段请写出处。"

    page.meaning = "<p>改过了，写明了出处。</p>"
    page.save_revision(user=district.colleague)
    page.current_workflow_state.resume(district.colleague)
    order = []
    for person in (district.reviewer1, district.section, district.final):
        page = fresh(page)
        order.append(current_level(page))
        assert decide(page, person) is None
    assert order == [Level.SCHOOL, Level.SECTION, Level.FINAL]
    assert "改过了" in fresh(page).meaning


def test_a_colleague_reads_the_words_corrects_and_resubmits(client, district, waiting):
    decide(waiting, district.reviewer1)
    decide(fresh(waiting), district.section, "reject", "请写明是哪一条街。")
    client.force_login(district.colleague)
    assert "请写明是哪一条街。" in client.get(reverse("wagtailadmin_home")).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert "请写明是哪一条街。" in client.get(edit).content.decode()
    client.post(edit, brand_form() | {"slogan": "东门街上的灯", "action-submit": "1"})
    order = []
    for person in (district.reviewer1, district.section, district.final):
        page = fresh(waiting)
        order.append(current_level(page))
        assert decide(page, person) is None
    assert order == [Level.SCHOOL, Level.SECTION, Level.FINAL]
    assert fresh(waiting).live
    assert fresh(waiting).slogan == "东门街上的灯"


def test_an_unchanged_text_resubmitted_is_reviewed_by_all_again(district, waiting):
    decide(waiting, district.reviewer1)
    decide(fresh(waiting), district.section, "reject", "再核对一次日期。")
    page = fresh(waiting)
    page.save_revision(user=district.editor1)
    page.current_workflow_state.resume(district.editor1)
    assert current_level(page) == Level.SCHOOL


def test_who_corrected_a_returned_item_does_not_approve_it(district, waiting):
    district.reviewer1.groups.add(*district.editor1.groups.all())
    decide(waiting, district.reviewer1, "reject", "印文请换。")
    page = fresh(waiting)
    page.save_revision(user=district.reviewer1)
    page.current_workflow_state.resume(district.reviewer1)
    assert decide(fresh(page), district.reviewer1) is not None


def test_a_page_of_another_school_is_not_decided_through_its_task(client, district, waiting):
    """The workflow view does not tie the task state to the page in its address."""
    other = brand_draft(district.schools[1], district.editor2)
    submit(other, district.editor2)
    state = fresh(waiting).current_workflow_task_state
    client.force_login(district.reviewer2)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[other.pk, "approve", state.pk]), {}
    )
    assert current_level(waiting) == Level.SCHOOL
    assert not RecordEntry.objects.filter(kind="approval").exists()


def test_the_gate_says_why(client, district, waiting):
    decide(waiting, district.reviewer1)
    page = fresh(waiting)
    page.slogan = ""
    revision = page.latest_revision
    revision.content = revision.content | {"slogan": ""}
    revision.save()
    state = page.current_workflow_task_state
    client.force_login(district.section)
    response = client.post(reverse("review_decide", args=[state.pk]), decision_form(fresh(page)))
    assert current_level(page) == Level.SECTION
    assert "先由" in response.content.decode() or "first review" in response.content.decode()


def test_a_district_item_passes_two_levels(district):
    page = StandardPage(title="关于本站", body=[("paragraph", "<p>说明。</p>")], live=False)
    district.home.add_child(instance=page)
    page.save_revision(user=district.web_editor)
    submit(page, district.web_editor)
    assert current_level(page) == Level.SECTION
    assert TaskState.objects.filter(status="skipped").count() == 1
    decide(fresh(page), district.section)
    assert not fresh(page).live
    decide(fresh(page), district.final)
    assert fresh(page).live


def test_an_empty_rule_refuses(district, waiting):
    LevelRule.objects.all().delete()
    assert decide(waiting, district.reviewer1) is not None
    assert gate.publication_errors(gate.Submission(fresh(waiting), waiting.current_workflow_state))


def test_the_record_is_only_appended_to(district, waiting):
    decide(waiting, district.reviewer1)
    entry = RecordEntry.objects.last()
    entry.opinion = "changed"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        RecordEntry.objects.update(opinion="changed")
    with pytest.raises(TypeError):
        RecordEntry.objects.all().delete()

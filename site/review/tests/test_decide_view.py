"""The decision screen: what a reviewer sees, and how each attempt to decide ends."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import TaskState

from audit import record
from audit.models import RecordEntry
from core.publishing.refusals import Refused
from review.models.queue import QueueItem, ReadReceipt
from roles.models import Level, ReviewSettings
from roles.scopes import district_key_of
from tests.helpers.district import brand_draft, decide, decision_form, fresh, submit
from tests.helpers.publish_attempts import delete_unguarded

# 60 of its own, and a few for what other screens put into the menu.
QUERIES = 70


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def waiting(district):
    """A brand page of the first school, waiting for its first review."""
    page = brand_draft(district.schools[0], district.editor1)
    submit(page, district.editor1)
    return fresh(page)


@pytest.fixture
def picture(tmp_path):
    """An image with a description."""
    path = tmp_path / "lamp.png"
    Pillow.new("RGB", (40, 30), (179, 32, 42)).save(path)
    return get_image_model().objects.create(
        title="灯", description="一盏灯", file=ContentFile(path.read_bytes(), "lamp.png")
    )


def address(page) -> str:
    return reverse("review_decide", args=[page.current_workflow_task_state.pk])


def level_of(page):
    return fresh(page).current_workflow_task.level


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def look(client, user, where: str) -> str:
    client.force_login(user)
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def passed(page, *people):
    """The page after these people approved it, one level after the other."""
    for person in people:
        assert decide(fresh(page), person) is None
    return fresh(page)


# --- who reaches it


def test_an_unknown_item_leads_to_the_queue_with_words(client, district):
    client.force_login(district.reviewer1)
    response = client.get(reverse("review_decide", args=[987654]))
    assert response.status_code == 302
    assert "no longer here" in said(response)[0]


def test_a_deleted_page_is_said_and_no_error(client, district, waiting):
    where, posted = address(waiting), decision_form(waiting)
    delete_unguarded(waiting)
    client.force_login(district.reviewer1)
    response = client.post(where, posted)
    assert response.status_code == 302
    assert "deleted" in said(response)[0]


def test_strangers_are_sent_away_with_words_and_without_the_title(client, district, waiting):
    where, posted = address(waiting), decision_form(waiting)
    for person in (district.reviewer2, district.editor2, district.admin):
        client.force_login(person)
        for response in (client.get(where), client.post(where, posted)):
            assert response.status_code == 302
            assert waiting.title not in " ".join(said(response))
            assert said(response)
        preview = reverse("review_preview", args=[waiting.current_workflow_task_state.pk])
        assert client.get(preview).status_code == 302
    assert level_of(waiting) == Level.SCHOOL


def test_an_editor_is_led_to_the_text_and_told_who_decides(client, district, waiting):
    client.force_login(district.editor1)
    response = client.get(address(waiting))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert "reviewers decide" in said(response)[0]


def test_who_wrote_in_it_reads_why_and_has_no_buttons(client, district, waiting):
    district.editor1.groups.add(*district.reviewer1.groups.all())
    where = address(waiting)
    body = look(client, district.editor1, where)
    assert "You wrote part of this text" in body
    assert 'name="action"' not in body
    assert "You wrote part" in client.post(where, decision_form(waiting)).content.decode()
    assert level_of(waiting) == Level.SCHOOL


def test_who_decided_at_another_level_reads_why(client, district, waiting):
    district.section.groups.add(*district.final.groups.all())
    page = passed(waiting, district.reviewer1, district.section)
    body = look(client, district.section, address(page))
    assert "You approved this text at another level already." in body
    assert 'name="action"' not in body


def test_the_wrong_level_reads_why(client, district, waiting):
    body = look(client, district.final, address(waiting))
    assert "You are not a reviewer of this level." in body
    assert 'name="action"' not in body


def test_a_reviewer_who_left_decides_nothing(client, district, waiting):
    client.force_login(district.reviewer1)
    where, posted = address(waiting), decision_form(waiting)
    district.reviewer1.groups.set(district.reviewer2.groups.all())
    assert "no longer" in said(client.post(where, posted))[0]
    district.reviewer1.is_active = False
    district.reviewer1.save()
    assert "/login/" in client.post(where, posted).url
    assert level_of(waiting) == Level.SCHOOL


# --- what the gate says


def test_missing_ticks_are_named_and_nothing_typed_is_lost(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, comment="第二段已核对。", ticks=["names", "figures"])
    body = client.post(address(waiting), posted).content.decode()
    assert "Tick every line of the proof-reading list" in body
    assert "the item still waits" in body
    assert "第二段已核对。" in body
    for value, ticked in (("names", True), ("figures", True), ("links", False)):
        line = next(line for line in body.split("<input") if f'value="{value}"' in line)
        assert ("checked" in line.split(">")[0]) is ticked
    assert level_of(waiting) == Level.SCHOOL


def test_only_the_level_that_answers_for_secrecy_is_asked(client, district, waiting):
    assert 'name="secrecy"' not in look(client, district.reviewer1, address(waiting))
    page = passed(waiting, district.reviewer1)
    assert 'name="secrecy"' in look(client, district.section, address(page))
    page = passed(page, district.section)
    assert 'name="secrecy"' not in look(client, district.final, address(page))


@pytest.mark.parametrize(
    ("result", "words"), [("", "how the secrecy review ended"), ("secret", "must not be public")]
)
def test_without_a_clean_secrecy_review_nothing_passes(client, district, waiting, result, words):
    page = passed(waiting, district.reviewer1)
    client.force_login(district.section)
    body = client.post(address(page), decision_form(page, secrecy=result)).content.decode()
    assert words in body
    assert level_of(page) == Level.SECTION


def test_a_return_without_words_is_refused(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, "reject", "   ", ticks=["names"])
    assert "Say what should be changed." in client.post(address(waiting), posted).content.decode()
    assert level_of(waiting) == Level.SCHOOL


def test_words_that_are_too_long_are_kept(client, district, waiting):
    client.force_login(district.reviewer1)
    long = "长" * 2001
    body = client.post(address(waiting), decision_form(waiting, "reject", long)).content.decode()
    assert long in body
    assert level_of(waiting) == Level.SCHOOL


def test_a_finding_that_blocks_is_shown_and_closes_approval(client, district, waiting):
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": ""}
    revision.save()
    body = look(client, district.reviewer1, address(waiting))
    assert "decide-finding--block" in body
    assert "It cannot be approved as it is" in body
    button = body.split('value="approve"')[1].split(">")[0]
    assert "disabled" in button


def test_below_a_withdrawn_school_nothing_is_approved(client, district, waiting):
    school = district.schools[0]
    type(school)._base_manager.filter(pk=school.pk).update(withdrawn_at=timezone.now(), live=False)
    client.force_login(district.reviewer1)
    body = client.post(address(waiting), decision_form(waiting)).content.decode()
    assert "nothing below it can become public" in body
    assert level_of(waiting) == Level.SCHOOL
    client.post(address(waiting), decision_form(waiting, "reject", "学校已停办。"))
    assert fresh(waiting).current_workflow_state.status == "needs_changes"


# --- a text that changed


def test_a_text_rewritten_in_place_is_read_again(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, comment="我读过了")
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": "换过的口号"}
    revision.save()
    body = client.post(address(waiting), posted).content.decode()
    assert "The text has changed since you opened it" in body
    assert "我读过了" in body
    assert "换过的口号" in body
    assert 'id="difference-opened"' in body
    # What was ticked was another text.
    assert "checked" not in body.split('class="decide-ticks"')[1].split("</fieldset>")[0]
    assert level_of(waiting) == Level.SCHOOL
    assert fresh(waiting).current_workflow_task_state.pk == waiting.current_workflow_task_state.pk
    # The screen that came back carries the new text's digest.
    assert decision_form(fresh(waiting))["digest"] in body


def test_a_picture_exchanged_behind_its_id_is_read_again(client, district, picture):
    page = brand_draft(district.schools[0], district.editor1, cover=picture)
    submit(page, district.editor1)
    client.force_login(district.reviewer1)
    posted = decision_form(fresh(page))
    table = get_image_model()._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET file_hash = %s WHERE id = %s",
            ["0" * 40, picture.pk],
        )
    body = client.post(address(fresh(page)), posted).content.decode()
    assert "The text has changed since you opened it" in body
    assert "another file or other words than before" in body
    assert level_of(page) == Level.SCHOOL


# --- decided meanwhile


def test_a_double_click_decides_once_and_says_what_happened(client, district, waiting):
    client.force_login(district.reviewer1)
    where, posted = address(waiting), decision_form(waiting, comment="同意")
    client.post(where, posted)
    second = client.post(where, posted)
    assert second.status_code == 200
    body = second.content.decode()
    assert "decided meanwhile" in body
    assert "同意" in body
    assert RecordEntry.objects.filter(kind="approval").count() == 1
    assert level_of(waiting) == Level.SECTION


def test_the_second_of_two_reviewers_reads_what_the_first_did(client, district, waiting):
    page = passed(waiting, district.reviewer1)
    where, posted = address(page), decision_form(page, "reject", "我的意见在此")
    stale = TaskState.objects.get(pk=page.current_workflow_task_state.pk)
    client.force_login(district.section2)
    assert client.get(where).status_code == 200
    assert decide(page, district.section) is None
    body = client.post(where, posted).content.decode()
    assert "decided meanwhile" in body
    assert str(district.section) in body
    assert level_of(page) == Level.FINAL
    # Both read the item before either wrote: the one who comes second is refused by the gate.
    from review.domain import decisions
    from tests.helpers.district import build_decision

    with pytest.raises(Refused, match="decided meanwhile"):
        decisions.decide(stale.specific, district.section2, build_decision(page))


def test_what_was_typed_survives_a_race(client, district, waiting, monkeypatch):
    from review.domain import decisions

    client.force_login(district.reviewer1)
    where, posted = address(waiting), decision_form(waiting, "reject", "第三段缺出处。")
    colleague = district.final
    colleague.groups.add(*district.reviewer1.groups.all())
    really = decisions.decide

    def after_the_other(task_state, user, decision):
        monkeypatch.setattr(decisions, "decide", really)
        assert decide(fresh(waiting), colleague) is None
        really(task_state, user, decision)

    monkeypatch.setattr(decisions, "decide", after_the_other)
    body = client.post(where, posted).content.decode()
    assert "decided meanwhile" in body
    assert "第三段缺出处。" in body
    assert "It was not put on the record." in body


def test_the_preview_of_a_decided_item_says_so(client, district, waiting):
    state = waiting.current_workflow_task_state
    passed(waiting, district.reviewer1)
    where = reverse("review_preview", args=[state.pk])
    assert "decided meanwhile" in look(client, district.reviewer1, where)


# --- what is seen


def test_the_preview_is_the_waiting_text_and_may_be_framed_here_only(client, district, waiting):
    where = reverse("review_preview", args=[waiting.current_workflow_task_state.pk])
    for person in (district.reviewer1, district.section):
        client.force_login(person)
        response = client.get(where)
        assert "师生共成长" in response.content.decode()
        assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(address(waiting))["X-Frame-Options"] == "DENY"
    assert client.post(where).status_code == 405
    client.logout()
    assert client.get(where).status_code == 302


def test_what_is_new_and_what_changed_since_the_live_version(client, district, waiting):
    assert "no live version yet" in look(client, district.reviewer1, address(waiting))
    page = passed(waiting, district.reviewer1, district.section, district.final)
    page.slogan = "第二年的口号"
    page.save_revision(user=district.colleague)
    submit(page, district.colleague)
    body = look(client, district.reviewer1, address(fresh(page)))
    assert "no live version yet" not in body
    live = body.split('id="difference-live"')[1].split("</section>")[0]
    assert "addition" in live
    assert 'id="difference-mine"' not in body


def test_an_item_that_came_back_shows_what_changed_since(client, district, waiting):
    decide(waiting, district.reviewer1, "reject", "口号请换。")
    page = fresh(waiting)
    page.slogan = "换过的口号"
    page.save_revision(user=district.editor1)
    page.current_workflow_state.resume(district.editor1)
    body = look(client, district.reviewer1, address(fresh(page)))
    assert "Changed since you decided" in body
    assert "口号请换。" in body
    mine = body.split('id="difference-mine"')[1].split("</section>")[0]
    assert "换过的口号" in mine.replace('<span class="addition">', "").replace("</span>", "")


def test_the_dates_the_editor_posted_stand_out(client, district):
    start = timezone.now() + timedelta(days=3)
    page = brand_draft(
        district.schools[0],
        district.editor1,
        go_live_at=start,
        expire_at=start + timedelta(days=30),
    )
    submit(page, district.editor1)
    page = fresh(page)
    body = look(client, district.reviewer1, address(page))
    day = timezone.localtime(start).strftime("%Y-%m-%d %H:%M")
    assert "Public from" in body
    assert "Public until" in body
    assert day in body
    page = passed(page, district.reviewer1, district.section)
    assert f"Approve, public on {day}" in look(client, district.final, address(page))
    response = client.post(address(page), decision_form(page))
    assert f"it will be public on {day}" in said(response)[0]


def test_who_is_barred_is_named_with_the_reason(client, district, waiting):
    page = passed(waiting, district.reviewer1)
    body = look(client, district.section, address(page))
    barred = body.split('id="barred"')[1].split("</section>")[0]
    assert "editor1" in barred
    assert "wrote in this text" in barred
    assert "reviewer1" in barred
    assert "approved it at the first review" in barred


def test_the_button_says_what_follows(client, district, waiting):
    body = look(client, district.reviewer1, address(waiting))
    assert "Approve, on to the second review (section)" in body
    page = passed(waiting, district.reviewer1, district.section)
    assert "Approve and publish" in look(client, district.final, address(page))
    response = client.post(address(page), decision_form(page))
    assert "it is public now" in said(response)[0]
    assert fresh(page).live


def test_opening_is_noted_for_this_very_text(client, district, waiting):
    look(client, district.reviewer1, address(waiting))
    digest = decision_form(waiting)["digest"]
    assert ReadReceipt.objects.filter(user=district.reviewer1, digest=digest).exists()
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": "换过的口号"}
    revision.save()
    look(client, district.reviewer1, address(waiting))
    assert ReadReceipt.objects.filter(user=district.reviewer1).count() == 1


# --- reasons of the district


def test_a_district_without_reasons_shows_no_list(client, district, waiting):
    ReviewSettings.objects.update(reasons=[])
    assert 'name="reason"' not in look(client, district.reviewer1, address(waiting))


def test_a_chosen_reason_is_the_first_line_of_the_opinion(client, district, waiting):
    key = district_key_of(district.home)
    ReviewSettings.objects.update_or_create(
        district_key=key, defaults={"reasons": ["缺少出处。", "图文不符。"]}
    )
    client.force_login(district.reviewer1)
    where = address(waiting)
    invented = decision_form(waiting, "reject", "见第二段。") | {"reason": "别的"}
    body = client.post(where, invented).content.decode()
    assert "no longer in the list" in body
    assert "见第二段。" in body
    mixed = decision_form(waiting) | {"reason": "缺少出处。"}
    assert "You chose a reason to return" in client.post(where, mixed).content.decode()
    assert level_of(waiting) == Level.SCHOOL
    client.post(where, decision_form(waiting, "reject", "") | {"reason": "缺少出处。"})
    entry = RecordEntry.objects.get(kind="return")
    assert entry.opinion == "缺少出处。"


# --- through the queue


def test_after_a_decision_the_next_item_opens_and_the_filter_stays(client, district, waiting):
    second = brand_draft(district.schools[0], district.editor1, title="第二件", kind="branch")
    submit(second, district.editor1)
    second = fresh(second)
    body = look(client, district.reviewer1, address(waiting))
    assert f'href="{address(second)}" rel="next"' in body
    assert 'rel="prev"' not in body
    assert f'href="{address(waiting)}" rel="prev"' in look(
        client, district.reviewer1, address(second)
    )
    response = client.post(address(waiting), decision_form(waiting))
    assert response.url == address(second)
    assert "it waits for the second review" in said(response)[0]
    last = client.post(address(second), decision_form(second, "reject", "请改。"))
    assert "/review/" not in last.url
    assert not QueueItem.objects.filter(level=Level.SCHOOL).exists()


def test_the_edit_screen_offers_the_decision_and_wagtails_own_button_leads_to_it(
    client, district, waiting
):
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert address(waiting) in look(client, district.reviewer1, edit)
    posted = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = client.post(edit, posted)
    assert response.url == address(waiting)
    assert said(response)
    assert level_of(waiting) == Level.SCHOOL


def test_the_screen_takes_as_many_queries_for_a_long_history(client, district, waiting):
    client.force_login(district.reviewer1)
    where = address(waiting)
    client.get(where)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(where)
    for number in range(30):
        record.append(
            RecordEntry.Kind.URGENT,
            waiting,
            waiting.latest_revision,
            user=district.section,
            workflow_state_id=waiting.current_workflow_state.pk,
            opinion=f"第 {number} 次",
        )
    with CaptureQueriesContext(connection) as many:
        body = client.get(where).content.decode()
    assert "第 29 次" in body
    print(f"decision screen: {len(few)} queries, {len(many)} with a long history")
    assert len(many) <= len(few) <= QUERIES

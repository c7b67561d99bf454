"""The decision screen: what a reviewer sees, and where a decision leads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import record
from audit.models import RecordEntry
from review.models.queue import QueueItem, ReadReceipt
from review.tests.helpers import approve_by, decision_url, open_screen
from roles.models import Level, ReviewSettings
from roles.scopes import district_key_of
from tests.helpers.district import brand_draft, decide, decision_form, fresh, submit
from tests.helpers.publish_attempts import current_level
from tests.helpers.responses import message_texts

# 60 of its own, and a few for what other screens put into the menu.
QUERIES = 70

pytestmark = pytest.mark.usefixtures("english")


def test_only_the_level_that_answers_for_secrecy_is_asked(client, district, waiting):
    assert 'name="secrecy"' not in open_screen(client, district.reviewer1, decision_url(waiting))
    page = approve_by(waiting, district.reviewer1)
    assert 'name="secrecy"' in open_screen(client, district.section, decision_url(page))
    page = approve_by(page, district.section)
    assert 'name="secrecy"' not in open_screen(client, district.final, decision_url(page))


def test_the_preview_is_the_waiting_text_and_may_be_framed_here_only(client, district, waiting):
    url = reverse("review_preview", args=[waiting.current_workflow_task_state.pk])
    for person in (district.reviewer1, district.section):
        client.force_login(person)
        response = client.get(url)
        assert "师生共成长" in response.content.decode()
        assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get(decision_url(waiting))["X-Frame-Options"] == "DENY"
    assert client.post(url).status_code == 405
    client.logout()
    assert client.get(url).status_code == 302


def test_what_is_new_and_what_changed_since_the_live_version(client, district, waiting):
    assert "no live version yet" in open_screen(client, district.reviewer1, decision_url(waiting))
    page = approve_by(waiting, district.reviewer1, district.section, district.final)
    page.slogan = "第二年的口号"
    page.save_revision(user=district.colleague)
    submit(page, district.colleague)
    body = open_screen(client, district.reviewer1, decision_url(fresh(page)))
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
    body = open_screen(client, district.reviewer1, decision_url(fresh(page)))
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
    body = open_screen(client, district.reviewer1, decision_url(page))
    day = timezone.localtime(start).strftime("%Y-%m-%d %H:%M")
    assert "Public from" in body
    assert "Public until" in body
    assert day in body
    page = approve_by(page, district.reviewer1, district.section)
    assert f"Approve, public on {day}" in open_screen(client, district.final, decision_url(page))
    response = client.post(decision_url(page), decision_form(page))
    assert f"it will be public on {day}" in message_texts(response)[0]


def test_who_is_excluded_is_named_with_the_reason(client, district, waiting):
    page = approve_by(waiting, district.reviewer1)
    body = open_screen(client, district.section, decision_url(page))
    excluded = body.split('id="excluded"')[1].split("</section>")[0]
    assert "editor1" in excluded
    assert "wrote in this text" in excluded
    assert "reviewer1" in excluded
    assert "approved it at the first review" in excluded


def test_the_button_says_what_follows(client, district, waiting):
    body = open_screen(client, district.reviewer1, decision_url(waiting))
    assert "Approve, on to the second review (section)" in body
    page = approve_by(waiting, district.reviewer1, district.section)
    assert "Approve and publish" in open_screen(client, district.final, decision_url(page))
    response = client.post(decision_url(page), decision_form(page))
    assert "it is public now" in message_texts(response)[0]
    assert fresh(page).live


def test_opening_is_noted_for_this_very_text(client, district, waiting):
    open_screen(client, district.reviewer1, decision_url(waiting))
    digest = decision_form(waiting)["digest"]
    assert ReadReceipt.objects.filter(user=district.reviewer1, digest=digest).exists()
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": "换过的口号"}
    revision.save()
    open_screen(client, district.reviewer1, decision_url(waiting))
    assert ReadReceipt.objects.filter(user=district.reviewer1).count() == 1


def test_a_district_without_reasons_shows_no_list(client, district, waiting):
    ReviewSettings.objects.update(reasons=[])
    assert 'name="reason"' not in open_screen(client, district.reviewer1, decision_url(waiting))


def test_a_chosen_reason_is_the_first_line_of_the_opinion(client, district, waiting):
    key = district_key_of(district.home)
    ReviewSettings.objects.update_or_create(
        district_key=key, defaults={"reasons": ["缺少出处。", "图文不符。"]}
    )
    client.force_login(district.reviewer1)
    url = decision_url(waiting)
    invented = decision_form(waiting, "reject", "见第二段。") | {"reason": "别的"}
    body = client.post(url, invented).content.decode()
    assert "no longer in the list" in body
    assert "见第二段。" in body
    mixed = decision_form(waiting) | {"reason": "缺少出处。"}
    assert "You chose a reason to return" in client.post(url, mixed).content.decode()
    assert current_level(waiting) == Level.SCHOOL
    client.post(url, decision_form(waiting, "reject", "") | {"reason": "缺少出处。"})
    entry = RecordEntry.objects.get(kind="return")
    assert entry.opinion == "缺少出处。"


def test_after_a_decision_the_next_item_opens_and_the_filter_stays(client, district, waiting):
    second = brand_draft(district.schools[0], district.editor1, title="第二件", kind="branch")
    submit(second, district.editor1)
    second = fresh(second)
    body = open_screen(client, district.reviewer1, decision_url(waiting))
    assert f'href="{decision_url(second)}" rel="next"' in body
    assert 'rel="prev"' not in body
    assert f'href="{decision_url(waiting)}" rel="prev"' in open_screen(
        client, district.reviewer1, decision_url(second)
    )
    response = client.post(decision_url(waiting), decision_form(waiting))
    assert response.url == decision_url(second)
    assert "it waits for the second review" in message_texts(response)[0]
    last = client.post(decision_url(second), decision_form(second, "reject", "请改。"))
    assert "/review/" not in last.url
    assert not QueueItem.objects.filter(level=Level.SCHOOL).exists()


def test_the_screen_takes_as_many_queries_for_a_long_history(client, district, waiting):
    client.force_login(district.reviewer1)
    url = decision_url(waiting)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
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
        body = client.get(url).content.decode()
    assert "第 29 次" in body
    print(f"decision screen: {len(few)} queries, {len(many)} with a long history")
    assert len(many) <= len(few) <= QUERIES

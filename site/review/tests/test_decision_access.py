"""The decision screen: who reaches it, who decides there, and who is sent where."""

import pytest
from django.urls import reverse

from review.tests.helpers import approve_by, decision_url, open_screen
from roles.models import Level
from tests.helpers.district import decision_form
from tests.helpers.publish_attempts import current_level, delete_unguarded
from tests.helpers.responses import message_texts

pytestmark = pytest.mark.usefixtures("english")


def test_an_unknown_item_leads_to_the_queue_with_words(client, district):
    client.force_login(district.reviewer1)
    response = client.get(reverse("review_decide", args=[987654]))
    assert response.status_code == 302
    assert "no longer here" in message_texts(response)[0]


def test_a_deleted_page_is_said_and_no_error(client, district, waiting):
    url, posted = decision_url(waiting), decision_form(waiting)
    delete_unguarded(waiting)
    client.force_login(district.reviewer1)
    response = client.post(url, posted)
    assert response.status_code == 302
    assert "deleted" in message_texts(response)[0]


def test_strangers_are_sent_away_with_words_and_without_the_title(client, district, waiting):
    url, posted = decision_url(waiting), decision_form(waiting)
    for person in (district.reviewer2, district.editor2, district.admin):
        client.force_login(person)
        for response in (client.get(url), client.post(url, posted)):
            assert response.status_code == 302
            assert waiting.title not in " ".join(message_texts(response))
            assert message_texts(response)
        preview = reverse("review_preview", args=[waiting.current_workflow_task_state.pk])
        assert client.get(preview).status_code == 302
    assert current_level(waiting) == Level.SCHOOL


def test_an_editor_is_led_to_the_text_and_told_who_decides(client, district, waiting):
    client.force_login(district.editor1)
    response = client.get(decision_url(waiting))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert "reviewers decide" in message_texts(response)[0]


def test_who_wrote_in_it_reads_why_and_has_no_buttons(client, district, waiting):
    district.editor1.groups.add(*district.reviewer1.groups.all())
    url = decision_url(waiting)
    body = open_screen(client, district.editor1, url)
    assert "You wrote part of this text" in body
    assert 'name="action"' not in body
    assert "You wrote part" in client.post(url, decision_form(waiting)).content.decode()
    assert current_level(waiting) == Level.SCHOOL


def test_who_decided_at_another_level_reads_why(client, district, waiting):
    district.section.groups.add(*district.final.groups.all())
    page = approve_by(waiting, district.reviewer1, district.section)
    body = open_screen(client, district.section, decision_url(page))
    assert "You approved this text at another level already." in body
    assert 'name="action"' not in body


def test_the_wrong_level_reads_why(client, district, waiting):
    body = open_screen(client, district.final, decision_url(waiting))
    assert "You are not a reviewer of this level." in body
    assert 'name="action"' not in body


def test_a_reviewer_who_left_decides_nothing(client, district, waiting):
    client.force_login(district.reviewer1)
    url, posted = decision_url(waiting), decision_form(waiting)
    district.reviewer1.groups.set(district.reviewer2.groups.all())
    assert "no longer" in message_texts(client.post(url, posted))[-1]
    district.reviewer1.is_active = False
    district.reviewer1.save()
    assert "/login/" in client.post(url, posted).url
    assert current_level(waiting) == Level.SCHOOL


def test_the_edit_screen_offers_the_decision_and_wagtails_own_button_leads_to_it(
    client, district, waiting
):
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    assert decision_url(waiting) in open_screen(client, district.reviewer1, edit)
    posted = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    response = client.post(edit, posted)
    assert response.url == decision_url(waiting)
    assert message_texts(response)
    assert current_level(waiting) == Level.SCHOOL

"""Who comes too late, or has no right any more, reads why and keeps every typed word."""

import json

import pytest
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.users.models import UserProfile

from audit.models import RecordEntry
from core.publishing.contexts import confirmed_change
from review.domain import corrections
from review.models.queue import Suggestion
from tests.helpers.district import brand_form, build_decision, decide, decision_form, fresh
from tests.helpers.publish_attempts import delete_unguarded, public_page, waiting_page
from tests.helpers.responses import html_of, messages_of

OPINION = "第二段的人数与附件不符"
SLOGAN = "更正后的口号"
PASSAGE = "重写过的一段话"


@pytest.fixture(autouse=True)
def english(district):
    """Words are compared in English here; their Chinese is another test's business."""
    for user in district.people.values():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})


@pytest.fixture
def waiting(district):
    """A brand page that waits for the section."""
    page = waiting_page(district)
    assert decide(page, district.reviewer1) is None
    return fresh(page)


def end_the_role(person, district) -> None:
    """This reviewer reviews nothing any more, but still enters the admin."""
    person.groups.set(district.editor2.groups.all())


# --- an opinion


def decision_url(page) -> str:
    return reverse("review_decide", args=[page.current_workflow_task_state.pk])


def test_who_decides_second_keeps_the_opinion(client, district, waiting):
    url, form = decision_url(waiting), decision_form(waiting, "reject", OPINION)
    form["reason"] = "缺少出处。"
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    body = html_of(client.post(url, form))
    assert OPINION in body
    assert "缺少出处。" in body
    assert "It was not put on the record." in body


def test_a_second_click_is_not_told_that_its_words_are_lost(client, district, waiting):
    url, form = decision_url(waiting), decision_form(waiting, "approve", OPINION)
    client.force_login(district.section)
    client.post(url, form)
    assert "It was not put on the record." not in html_of(client.post(url, form))


def test_whose_role_ended_keeps_the_opinion(client, district, waiting):
    url, form = decision_url(waiting), decision_form(waiting, "reject", OPINION)
    for groups in (district.editor1.groups.all(), district.editor2.groups.all()):
        district.section.groups.set(groups)
        client.force_login(district.section)
        assert OPINION in messages_of(client.post(url, form))
    assert not RecordEntry.objects.filter(kind="return").exists()


def test_a_browser_whose_user_reviews_no_more_comes_to_rest(client, district, waiting):
    """It sends the first address along on each redirect: two that lead back make a circle."""
    url, form = decision_url(waiting), decision_form(waiting, "reject", OPINION)
    end_the_role(district.section, district)
    client.force_login(district.section)
    referer = {"referer": f"http://testserver{url}"}
    body = html_of(client.post(url, form, headers=referer, follow=True))
    assert OPINION in body
    assert "nothing was decided" in body


def test_when_the_page_is_gone_the_opinion_is_kept(client, district, waiting):
    url, form = decision_url(waiting), decision_form(waiting, "reject", OPINION)
    delete_unguarded(waiting)
    client.force_login(district.section)
    assert OPINION in messages_of(client.post(url, form))


def test_an_opinion_on_several_is_kept(client, district, waiting):
    client.force_login(district.section)
    form = {"item": ["1:x"], "confirmed": "1", "comment": OPINION}
    assert OPINION in messages_of(client.post(reverse("review_batch"), form))
    end_the_role(district.section, district)
    response = client.post(reverse("review_batch"), form)
    assert OPINION in messages_of(response)
    assert "queue is for reviewers" in messages_of(response)


# --- a correction


def correction(page, **more) -> dict:
    return brand_form() | {
        "kind": page.kind,
        "slogan": SLOGAN,
        "meaning": json.dumps({"blocks": [{"key": "a", "text": PASSAGE}], "entityMap": {}}),
        "correction_words": OPINION,
        "correction_digest": build_decision(page).digest,
        "action-correct": "1",
        **more,
    }


def correction_url(page) -> str:
    return reverse("review_correct", args=[page.current_workflow_task_state.pk])


def shown_with_everything_typed(response, page) -> str:
    """The screen that came back: everything typed is there, and nothing was saved."""
    body = html_of(response)
    # Rich text stands in the page as JSON.
    assert PASSAGE in body or json.dumps(PASSAGE)[1:-1] in body
    assert SLOGAN in body
    assert OPINION in body
    assert not RecordEntry.objects.filter(kind="correction").exists()
    assert not Suggestion.objects.exists()
    latest = fresh(page).get_latest_revision()
    assert latest.content["slogan"] != SLOGAN
    return body


def cannot_save(body: str) -> bool:
    return 'name="action-correct"' not in body and 'name="action-suggest"' not in body


@pytest.mark.parametrize("action", ["action-correct", "action-suggest"])
@pytest.mark.parametrize("slogan", [SLOGAN, ""])
def test_who_corrects_second_keeps_the_text(client, district, waiting, action, slogan):
    url, decision = correction_url(waiting), decision_url(waiting)
    form = correction(waiting, slogan=slogan, title=SLOGAN)
    form[action] = form.pop("action-correct")
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    body = shown_with_everything_typed(client.post(url, form), waiting)
    assert cannot_save(body)
    assert "decided meanwhile" in body
    assert "copy" in body
    assert decision in body
    assert fresh(waiting).get_latest_revision().content["title"] == waiting.title


def test_who_corrects_a_published_text_too_late_keeps_the_text(client, district, waiting):
    url, form = correction_url(waiting), correction(waiting)
    for person in (district.section2, district.final):
        assert decide(fresh(waiting), person) is None
    client.force_login(district.section)
    assert cannot_save(shown_with_everything_typed(client.post(url, form), waiting))
    assert fresh(waiting).slogan == waiting.slogan


def test_a_race_keeps_the_text_too(client, district, waiting, monkeypatch):
    url, form = correction_url(waiting), correction(waiting)
    correct = corrections.correct

    def after_the_other(*arguments):
        assert decide(fresh(waiting), district.section2) is None
        return correct(*arguments)

    monkeypatch.setattr(corrections, "correct", after_the_other)
    client.force_login(district.section)
    assert cannot_save(shown_with_everything_typed(client.post(url, form), waiting))


def test_whose_role_ended_keeps_the_text_and_reads_no_draft(client, district, waiting):
    url, form = correction_url(waiting), correction(waiting, title="另一个题目")
    end_the_role(district.section, district)
    client.force_login(district.section)
    body = shown_with_everything_typed(client.post(url, form), waiting)
    assert cannot_save(body)
    assert "not a reviewer" in body
    assert "另一个题目" in body
    for text in (waiting.title, waiting.slogan, waiting.seal_characters):
        assert text not in body.replace(form["seal_characters"], "", 1)


def test_when_the_page_is_gone_the_text_is_kept(client, district, waiting):
    url, form = correction_url(waiting), correction(waiting)
    delete_unguarded(waiting)
    client.force_login(district.section)
    body = html_of(client.post(url, form))
    for text in (SLOGAN, PASSAGE, OPINION, "no longer here"):
        assert text in body


def test_whoever_only_opens_the_screen_too_late_is_led_to_the_decision(client, district, waiting):
    url, decision = correction_url(waiting), decision_url(waiting)
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    assert client.get(url).url == decision


def test_a_text_that_changed_meanwhile_is_corrected_by_a_second_click(client, district, waiting):
    url, form = correction_url(waiting), correction(waiting)
    revision = waiting.latest_revision
    revision.content = revision.content | {"seal_characters": "换过四字"}
    revision.save()
    client.force_login(district.section)
    body = shown_with_everything_typed(client.post(url, form), waiting)
    digest = build_decision(fresh(waiting)).digest
    assert digest in body
    assert form["correction_digest"] not in body
    assert "takes the place of the newer text" in body
    link = body[body.index(f'href="{decision_url(waiting)}"') :][:200]
    assert "_blank" in link
    form["correction_digest"] = digest
    assert client.post(url, form).status_code == 302
    assert fresh(waiting).get_latest_revision().content["slogan"] == SLOGAN


# --- refusals with words


def refusals(district, page):
    """Who, view, its arguments, the text that must be shown, and what was posted."""
    final = "final approver of the district"
    return [
        ("section", "publication_withdraw", [page.pk], f"{final} withdraws", {}),
        ("section", "publication_withdraw", [page.pk], OPINION, {"reason": OPINION}),
        ("section", "publication_call_back", [page.pk], f"{final} calls", {}),
        ("section", "publication_call_back", [page.pk], OPINION, {"reason": OPINION}),
        ("reviewer1", "publication_schedule", [], "The schedule is for", {}),
        ("reviewer1", "change_requests_detail", [1], "the district's committee", {}),
        ("reviewer1", "change_requests_detail", [1], OPINION, {"opinion": OPINION}),
        ("reviewer1", "change_requests_list", [], "the district's committee", {}),
        ("editor1", "review_queue", [], "queue is for reviewers", {}),
        ("editor1", "review_batch", [], "queue is for reviewers", {}),
    ]


def test_each_refusal_says_why(client, district):
    page = public_page(district)
    for person, name, args, text, form in refusals(district, page):
        client.force_login(getattr(district, person))
        address = reverse(name, args=args)
        send = client.post if form else client.get
        response = send(address, form, follow=True)
        assert response.redirect_chain, name
        assert text in html_of(response), name
        assert "you do not have permission" not in html_of(response), name


def privacy(page, collection):
    return (
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]),
    )


def test_passwords_are_refused_with_words_of_their_own(client, district):
    school = district.schools[0]
    client.force_login(district.admin)
    for address in privacy(school, school.collection):
        for response in (client.get(address), client.post(address, {"restriction_type": "login"})):
            assert "have no passwords" in messages_of(response)
            assert "proposed by one" not in messages_of(response)
    assert not PageViewRestriction.objects.exists()


def test_a_restriction_that_stands_is_not_removed(client, district):
    school = district.schools[0]
    with confirmed_change():
        PageViewRestriction.objects.create(page=district.home, restriction_type="login")
        CollectionViewRestriction.objects.create(
            collection=school.collection, restriction_type="login"
        )
    client.force_login(district.admin)
    for address in privacy(Page.objects.get(pk=school.pk), school.collection):
        response = client.post(address, {"restriction_type": "none"})
        assert "A restriction is not removed here" in messages_of(response)
    assert PageViewRestriction.objects.exists()
    assert CollectionViewRestriction.objects.exists()

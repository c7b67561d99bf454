"""Who comes too late, or has no right any more, reads why and keeps every typed word."""

import json
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.users.models import UserProfile

from audit.models import RecordEntry
from core.publishing.contexts import confirmed_change
from review.models.queue import Suggestion
from tests.helpers.district import brand_form, build_decision, decide, decision_form, fresh
from tests.helpers.publish_attempts import delete_unguarded, public_page, waiting_page

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


def said(response) -> str:
    return unescape(" ".join(str(message) for message in get_messages(response.wsgi_request)))


def shown(response) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def end_the_role(person, district) -> None:
    """This reviewer reviews nothing any more, but still enters the admin."""
    person.groups.set(district.editor2.groups.all())


# --- an opinion


def on_the_decision(page) -> str:
    return reverse("review_decide", args=[page.current_workflow_task_state.pk])


def test_who_decides_second_keeps_the_opinion(client, district, waiting):
    where, form = on_the_decision(waiting), decision_form(waiting, "reject", OPINION)
    form["reason"] = "缺少出处。"
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    body = shown(client.post(where, form))
    assert OPINION in body
    assert "缺少出处。" in body
    assert "It was not put on the record." in body


def test_a_second_click_is_not_told_that_its_words_are_lost(client, district, waiting):
    where, form = on_the_decision(waiting), decision_form(waiting, "approve", OPINION)
    client.force_login(district.section)
    client.post(where, form)
    assert "It was not put on the record." not in shown(client.post(where, form))


def test_whose_role_ended_keeps_the_opinion(client, district, waiting):
    where, form = on_the_decision(waiting), decision_form(waiting, "reject", OPINION)
    for groups in (district.editor1.groups.all(), district.editor2.groups.all()):
        district.section.groups.set(groups)
        client.force_login(district.section)
        assert OPINION in said(client.post(where, form))
    assert not RecordEntry.objects.filter(kind="return").exists()


def test_a_browser_whose_user_reviews_no_more_comes_to_rest(client, district, waiting):
    """It sends the first address along on each redirect: two that lead back make a circle."""
    where, form = on_the_decision(waiting), decision_form(waiting, "reject", OPINION)
    end_the_role(district.section, district)
    client.force_login(district.section)
    referer = {"referer": f"http://testserver{where}"}
    body = shown(client.post(where, form, headers=referer, follow=True))
    assert OPINION in body
    assert "nothing was decided" in body


def test_when_the_page_is_gone_the_opinion_is_kept(client, district, waiting):
    where, form = on_the_decision(waiting), decision_form(waiting, "reject", OPINION)
    delete_unguarded(waiting)
    client.force_login(district.section)
    assert OPINION in said(client.post(where, form))


def test_an_opinion_on_several_is_kept(client, district, waiting):
    client.force_login(district.section)
    form = {"item": ["1:x"], "confirmed": "1", "comment": OPINION}
    assert OPINION in said(client.post(reverse("review_batch"), form))
    end_the_role(district.section, district)
    answer = client.post(reverse("review_batch"), form)
    assert OPINION in said(answer)
    assert "queue is for reviewers" in said(answer)


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


def on_the_correction(page) -> str:
    return reverse("review_correct", args=[page.current_workflow_task_state.pk])


def kept(response, page) -> str:
    """The screen that came back: everything typed is there, and nothing was saved."""
    body = shown(response)
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
    where, decision = on_the_correction(waiting), on_the_decision(waiting)
    form = correction(waiting, slogan=slogan, title=SLOGAN)
    form[action] = form.pop("action-correct")
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    body = kept(client.post(where, form), waiting)
    assert cannot_save(body)
    assert "decided meanwhile" in body
    assert "copy" in body
    assert decision in body
    assert fresh(waiting).get_latest_revision().content["title"] == waiting.title


def test_who_corrects_a_published_text_too_late_keeps_the_text(client, district, waiting):
    where, form = on_the_correction(waiting), correction(waiting)
    for person in (district.section2, district.final):
        assert decide(fresh(waiting), person) is None
    client.force_login(district.section)
    assert cannot_save(kept(client.post(where, form), waiting))
    assert fresh(waiting).slogan == waiting.slogan


def test_a_race_keeps_the_text_too(client, district, waiting, monkeypatch):
    from review.domain import corrections as module

    where, form = on_the_correction(waiting), correction(waiting)
    really = module.correct

    def after_the_other(*said):
        assert decide(fresh(waiting), district.section2) is None
        return really(*said)

    monkeypatch.setattr(module, "correct", after_the_other)
    client.force_login(district.section)
    assert cannot_save(kept(client.post(where, form), waiting))


def test_whose_role_ended_keeps_the_text_and_reads_no_draft(client, district, waiting):
    where, form = on_the_correction(waiting), correction(waiting, title="另一个题目")
    end_the_role(district.section, district)
    client.force_login(district.section)
    body = kept(client.post(where, form), waiting)
    assert cannot_save(body)
    assert "not a reviewer" in body
    assert "另一个题目" in body
    for words in (waiting.title, waiting.slogan, waiting.seal_characters):
        assert words not in body.replace(form["seal_characters"], "", 1)


def test_when_the_page_is_gone_the_text_is_kept(client, district, waiting):
    where, form = on_the_correction(waiting), correction(waiting)
    delete_unguarded(waiting)
    client.force_login(district.section)
    body = shown(client.post(where, form))
    for words in (SLOGAN, PASSAGE, OPINION, "no longer here"):
        assert words in body


def test_whoever_only_opens_the_screen_too_late_is_led_to_the_decision(client, district, waiting):
    where, decision = on_the_correction(waiting), on_the_decision(waiting)
    assert decide(waiting, district.section2) is None
    client.force_login(district.section)
    assert client.get(where).url == decision


def test_a_text_that_changed_meanwhile_is_corrected_by_a_second_click(client, district, waiting):
    where, form = on_the_correction(waiting), correction(waiting)
    revision = waiting.latest_revision
    revision.content = revision.content | {"seal_characters": "换过四字"}
    revision.save()
    client.force_login(district.section)
    body = kept(client.post(where, form), waiting)
    digest = build_decision(fresh(waiting)).digest
    assert digest in body
    assert form["correction_digest"] not in body
    assert "takes the place of the newer text" in body
    link = body[body.index(f'href="{on_the_decision(waiting)}"') :][:200]
    assert "_blank" in link
    form["correction_digest"] = digest
    assert client.post(where, form).status_code == 302
    assert fresh(waiting).get_latest_revision().content["slogan"] == SLOGAN


# --- refusals with words


def refusals(district, page):
    """Who → address → the words that must be said, and what was posted."""
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
    for person, name, args, words, form in refusals(district, page):
        client.force_login(getattr(district, person))
        address = reverse(name, args=args)
        send = client.post if form else client.get
        answer = send(address, form, follow=True)
        assert answer.redirect_chain, name
        assert words in shown(answer), name
        assert "you do not have permission" not in shown(answer), name


def privacy(page, collection):
    return (
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        reverse("wagtailadmin_collections:set_privacy", args=[collection.pk]),
    )


def test_passwords_are_refused_with_words_of_their_own(client, district):
    school = district.schools[0]
    client.force_login(district.admin)
    for address in privacy(school, school.collection):
        for answer in (client.get(address), client.post(address, {"restriction_type": "login"})):
            assert "have no passwords" in said(answer)
            assert "proposed by one" not in said(answer)
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
        answer = client.post(address, {"restriction_type": "none"})
        assert "A restriction is not removed here" in said(answer)
    assert PageViewRestriction.objects.exists()
    assert CollectionViewRestriction.objects.exists()

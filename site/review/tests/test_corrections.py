"""Correcting (更正) and returning with a suggested text, by real requests."""

from django.urls import reverse

from audit import verification
from audit.models import RecordEntry
from review.models.queue import Suggestion
from roles.models import Level, Role
from tests.helpers.district import brand_form, build_decision, create_user, decide, fresh
from tests.helpers.publish_attempts import current_level


def post(client, user, page, slogan="更正后的口号", words="口号多了一个字。", **more):
    """Post the correction screen as this reviewer."""
    client.force_login(user)
    state = fresh(page).current_workflow_task_state
    form = brand_form() | {
        "kind": page.kind,
        "slogan": slogan,
        "correction_words": words,
        "correction_digest": build_decision(fresh(page)).digest,
        "action-correct": "1",
    }
    return client.post(reverse("review_correct", args=[state.pk]), form | more)


def latest_slogan(page) -> str:
    return fresh(page).get_latest_revision().content["slogan"]


def correction_count() -> int:
    return RecordEntry.objects.filter(kind="correction").count()


def test_nobody_but_a_reviewer_of_the_level_corrects(client, district, waiting):
    for name in ("editor1", "colleague", "reviewer2", "section", "final", "web_editor", "admin"):
        post(client, getattr(district, name), waiting)
        assert latest_slogan(waiting) == waiting.slogan
    assert correction_count() == 0


def test_a_correction_needs_words_and_a_change(client, district, waiting):
    answer = post(client, district.reviewer1, waiting, words=" ")
    assert "更正后的口号" in answer.content.decode(), "what was typed is lost"
    post(client, district.reviewer1, waiting, slogan=waiting.slogan)
    assert correction_count() == 0
    assert latest_slogan(waiting) == waiting.slogan


def test_a_text_that_changed_since_it_was_opened_is_not_corrected(client, district, waiting):
    post(client, district.reviewer1, waiting, correction_digest="0" * 64)
    assert correction_count() == 0


def test_an_incomplete_correction_is_shown_again(client, district, waiting):
    answer = post(client, district.reviewer1, waiting, slogan="")
    assert answer.status_code == 200
    assert correction_count() == 0


def test_a_corrected_item_begins_anew_and_the_corrector_decides_no_more(client, district, waiting):
    decide(waiting, district.reviewer1)
    assert post(client, district.section, waiting).status_code == 302
    page = fresh(waiting)
    assert current_level(page) == Level.SCHOOL
    assert latest_slogan(page) == "更正后的口号"
    assert page.get_latest_revision().user == district.section
    order = []
    for person in (district.reviewer1, district.section, district.section2, district.final):
        order.append(decide(fresh(page), person) is None)
    assert order == [True, False, True, True]
    assert fresh(page).live
    assert fresh(page).slogan == "更正后的口号"
    assert list(verification.find_problems()) == []


def test_the_screen_says_who_will_decide_then(client, district, waiting):
    decide(waiting, district.reviewer1)
    client.force_login(district.section)
    state = fresh(waiting).current_workflow_task_state
    page = client.get(reverse("review_correct", args=[state.pk])).content.decode()
    foot = page[page.index("correct-next") :][:900]
    assert "section2" in foot
    assert "reviewer1" in foot


def test_where_nobody_would_be_left_only_a_suggestion_is_offered(client, district, waiting):
    district.section2.is_active = False
    district.section2.save()
    decide(waiting, district.reviewer1)
    client.force_login(district.section)
    state = fresh(waiting).current_workflow_task_state
    page = client.get(reverse("review_correct", args=[state.pk])).content.decode()
    assert 'name="action-correct"' not in page
    post(client, district.section, waiting)
    assert correction_count() == 0
    assert latest_slogan(waiting) == waiting.slogan


# --- suggestions


def suggest(client, user, page, **more):
    return post(client, user, page, **{"action-correct": "", "action-suggest": "1"} | more)


def accept(client, user, page):
    client.force_login(user)
    return client.post(reverse("review_accept_suggestion", args=[page.pk]))


def test_a_suggestion_returns_the_item_and_changes_nothing(client, district, waiting):
    suggest(client, district.reviewer1, waiting)
    page = fresh(waiting)
    assert page.current_workflow_state.status == "needs_changes"
    assert latest_slogan(page) == waiting.slogan
    assert RecordEntry.objects.get(kind="return").opinion == "口号多了一个字。"


def test_nobody_but_the_school_accepts(client, district, waiting):
    suggest(client, district.reviewer1, waiting)
    for name in ("reviewer1", "reviewer2", "editor2", "section", "final", "web_editor"):
        accept(client, getattr(district, name), waiting)
        assert latest_slogan(waiting) == waiting.slogan


def test_a_suggestion_is_not_accepted_over_later_words(client, district, waiting):
    suggest(client, district.reviewer1, waiting)
    page = fresh(waiting).get_latest_revision_as_object()
    page.slogan = "自己又改了"
    page.save_revision(user=district.editor1)
    accept(client, district.editor1, waiting)
    assert latest_slogan(waiting) == "自己又改了"


def test_one_click_accepts_and_submits_in_the_editors_name(client, district, waiting):
    suggest(client, district.reviewer1, waiting)
    client.force_login(district.editor1)
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk])).content.decode()
    assert reverse("review_accept_suggestion", args=[waiting.pk]) in screen
    accept(client, district.editor1, waiting)
    page = fresh(waiting)
    assert latest_slogan(page) == "更正后的口号"
    assert page.get_latest_revision().user == district.editor1
    assert current_level(page) == Level.SCHOOL
    pool_reviewer = create_user("pool", Role.POOL_REVIEWER, district.home)
    for person in (pool_reviewer, district.section, district.final):
        assert decide(fresh(page), person) is None
    assert fresh(page).slogan == "更正后的口号"
    assert Suggestion.objects.get().accepted_at
    accept(client, district.editor1, waiting)
    assert list(verification.find_problems()) == []

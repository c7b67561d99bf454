"""Nobody decides on their own words, however these came into the text."""

import pytest
from django.urls import reverse

from review.domain import corrections
from review.domain.authorship import author_ids
from roles.groups import role_group
from roles.models import Role
from tests.helpers.district import brand_draft, brand_form, build_decision, decide, fresh, submit
from tests.helpers.publish_attempts import waiting_page


def revert(client, person, page, revision_id, slogan):
    client.force_login(person)
    form = brand_form() | {"kind": page.kind, "slogan": slogan, "action-submit": "1"}
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision_id])
    client.post(address, form)
    assert fresh(page).workflow_in_progress


def test_who_wrote_the_version_that_is_brought_back_decides_nothing_on_it(client, district):
    writer = district.section2
    writer.groups.add(role_group(Role.SCHOOL_EDITOR, district.schools[0]))
    page = brand_draft(district.schools[0], writer, slogan="第一稿")
    old = page.latest_revision_id
    page.slogan = "别人改写的"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    page = fresh(page)
    assert page.live
    revert(client, district.editor1, page, old, "第一稿")
    assert decide(fresh(page), district.reviewer1) is None
    assert decide(fresh(page), writer), "the words are this reviewer's own"
    assert decide(fresh(page), district.section) is None
    assert decide(fresh(page), district.final) is None
    assert fresh(page).slogan == "第一稿"


def test_reverting_excludes_nobody_who_wrote_before_the_version_was_public(client, district):
    """What everybody approved once has no author among today's reviewers but its own."""
    page = brand_draft(district.schools[0], district.section2, slogan="很早以前")
    page.slogan = "公开过的"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    page = fresh(page)
    page.slogan = "第二版"
    page.save_revision(user=district.editor1)
    old = fresh(page).latest_revision_id
    revert(client, district.editor1, page, old, "第二版")
    assert author_ids(fresh(page)) == {district.editor1.pk}


@pytest.fixture
def suggested(district):
    """A text that the school's reviewer suggested and its editor took over."""
    page = waiting_page(district)
    text = page.get_latest_revision_as_object()
    text.slogan = "审核人写的话"
    state = page.current_workflow_task_state
    corrections.suggest(state, district.reviewer1, text, "改一句。", build_decision(page).digest)
    corrections.accept(fresh(page), district.editor1)
    return fresh(page)


def test_who_suggested_a_text_leaves_the_decision_to_a_colleague(district, suggested):
    role_group(Role.SCHOOL_REVIEWER, district.schools[0]).user_set.add(district.web_editor)
    assert decide(suggested, district.reviewer1)
    assert decide(suggested, district.web_editor) is None


def test_where_there_is_no_colleague_a_suggestion_stops_nothing(district, suggested):
    assert decide(suggested, district.reviewer1) is None
    for person in (district.section, district.final):
        assert decide(fresh(suggested), person) is None
    assert fresh(suggested).live

"""What readers are footer of the review (审核) of the text they read."""

import pytest
from django.contrib.auth import get_user_model

from audit.models import RecordEntry
from audit.templatetags.approvals import approvals_of
from roles.models import ReviewSettings
from roles.scopes import district_key_of
from tests.helpers.content import publish_brand, urgency
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import public_page, waiting_page


@pytest.fixture
def names(district):
    for username, name in (("reviewer1", "甲"), ("section", "乙"), ("final", "丙")):
        get_user_model().objects.filter(username=username).update(first_name=name, last_name="某")
    return district


def footer_of(client, page):
    answer = client.get(page.url).content.decode()
    return answer.rpartition('class="signoff')[2] if "signoff" in answer else ""


def test_roles_are_shown_unless_the_district_wants_names(client, names):
    page = public_page(names)
    footer = footer_of(client, page)
    assert "审核" in footer or "reviewer" in footer.lower()
    assert names.final.username not in footer
    ReviewSettings.objects.filter(district_key=district_key_of(page)).update(
        public_line=ReviewSettings.PublicLine.NAMES
    )
    footer = footer_of(client, page)
    people = RecordEntry.objects.filter(kind="approval", page_id=page.pk)
    assert len(people) == 3
    assert all(entry.user_name in footer for entry in people)


def test_an_approval_that_a_return_voided_is_not_named(client, names):
    page = waiting_page(names)
    assert decide(page, names.reviewer1) is None
    assert decide(fresh(page), names.section2, "reject", "请改。") is None
    fresh(page).current_workflow_state.resume(names.editor1)
    urgency.mark_urgent(fresh(page).current_workflow_task_state, names.section, "急。")
    for person in (names.section, names.final):
        assert decide(fresh(page), person) is None
    approvals = approvals_of(page.pk, fresh(page).live_revision_id)
    assert [entry.level for entry in approvals] == ["section", "final"]


def test_a_page_of_an_initial_publication_names_no_reviewers(client, district):
    page = publish_brand(district.schools[0])
    assert footer_of(client, page) == ""


def test_a_waiting_version_does_not_change_the_reviewers_of_the_public_one(client, names):
    page = public_page(names)
    before = footer_of(client, page)
    page = fresh(page)
    page.slogan = "新的"
    page.save_revision(user=names.editor1)
    submit(fresh(page), names.editor1)
    assert footer_of(client, page) == before

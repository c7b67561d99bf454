"""Nobody decides on their own words, however these came into the text."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.log_actions import LogContext

from audit import verification
from audit.models import RecordEntry
from core.models import Document
from core.tests.factories import make_image
from review.domain import corrections, gate
from review.domain.authorship import author_ids
from roles.groups import role_group
from roles.models import Role
from tests.helpers.content import shared_collection
from tests.helpers.district import (
    brand_draft,
    brand_form,
    build_decision,
    create_user,
    decide,
    fresh,
    submit,
)
from tests.helpers.publish_attempts import unpublish_unguarded, waiting_page


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


def test_where_there_is_no_colleague_the_pool_decides_on_a_suggested_text(district, suggested):
    assert decide(suggested, district.reviewer1), "the words are this reviewer's own"
    pool_reviewer = create_user("pool", Role.POOL_REVIEWER, district.home)
    for person in (pool_reviewer, district.section, district.final):
        assert decide(fresh(suggested), person) is None
    assert fresh(suggested).live
    assert list(verification.find_problems()) == []


# --- files


@pytest.fixture
def scan(district):
    """A document of the shared collection, uploaded by one who decides at the second level."""
    collection = shared_collection(district.home)
    document = Document(title="倡议书", collection=collection, uploaded_by_user=district.section)
    document.file = ContentFile(b"%PDF-1", name="initiative.pdf")
    document.save()
    return document


def page_with(district, document, **fields):
    link = f'<p><a linktype="document" id="{document.pk}">倡议书</a></p>'
    return waiting_page(district, meaning=link, **fields)


def test_who_uploaded_a_document_approves_no_text_that_shows_it(district, scan):
    page = page_with(district, scan)
    assert decide(page, district.reviewer1) is None
    assert decide(fresh(page), district.section), "the file is this reviewer's own"
    assert decide(fresh(page), district.section2) is None


def test_who_described_a_picture_approves_no_text_that_shows_it(client, district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    describer = district.section
    with LogContext(user=describer):
        image.description = "科室写的说明"
        image.save()
    page = waiting_page(district, body=[("image", {"image": image, "caption": "图"})])
    assert decide(page, district.reviewer1) is None
    assert decide(fresh(page), describer)
    client.force_login(describer)
    task_state = fresh(page).current_workflow_task_state
    screen = client.get(reverse("review_decide", args=[task_state.pk])).content.decode()
    assert "文中的图片或附件出自您手" in screen


def test_a_file_that_was_public_by_others_decision_bars_nobody(district, scan):
    first = page_with(district, scan)
    for person in (district.reviewer1, district.section2, district.final):
        assert decide(fresh(first), person) is None
    assert fresh(first).live
    second = page_with(district, scan, title="第二篇", kind="branch")
    assert decide(second, district.reviewer1) is None
    assert decide(fresh(second), district.section) is None


def test_a_public_file_that_is_described_anew_has_an_author_again(district, scan):
    first = page_with(district, scan)
    for person in (district.reviewer1, district.section2, district.final):
        assert decide(fresh(first), person) is None
    unpublish_unguarded(first)
    with LogContext(user=district.section2):
        scan.title = "倡议书（新）"
        scan.save()
    second = page_with(district, scan, title="第二篇", kind="branch")
    assert decide(second, district.reviewer1) is None
    assert decide(fresh(second), district.section2)
    assert decide(fresh(second), district.section) is None, "those bytes have been public"


def test_authors_of_files_outlive_their_account_and_file(district, scan):
    temporary = create_user("temporary", Role.WEB_EDITOR, district.home)
    with LogContext(user=temporary):
        scan.title = "改名"
        scan.save()
    user_id = temporary.pk
    temporary.delete()
    page = page_with(district, scan)
    assert user_id in author_ids(page)


def test_verification_finds_the_authors_that_the_gate_left_out(district, scan, monkeypatch):
    """The gate's own list is empty for once: the entries are believed to be in order."""
    monkeypatch.setattr(gate, "author_ids", lambda page, text=None: set())
    monkeypatch.setattr(gate, "file_author_ids", lambda text: set())
    page = page_with(district, scan)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    monkeypatch.undo()
    assert RecordEntry.objects.get(kind="publication").detail["authors"] == []
    [problem] = verification.find_problems()
    assert problem.page_id == page.pk


def test_verification_finds_a_suggestion_that_its_author_approved(district, monkeypatch):
    monkeypatch.setattr(gate, "author_ids", lambda page, text=None: set())
    page = waiting_page(district)
    text = page.get_latest_revision_as_object()
    text.slogan = "审核人写的话"
    state = page.current_workflow_task_state
    corrections.suggest(state, district.reviewer1, text, "改一句。", build_decision(page).digest)
    corrections.accept(fresh(page), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(page), person) is None
    monkeypatch.undo()
    assert fresh(page).live
    [problem] = verification.find_problems()
    assert problem.page_id == page.pk


def test_a_copy_keeps_the_suggester_out(client, district, suggested):
    client.force_login(district.editor1)
    form = {
        "new_title": "副本",
        "new_slug": "fuben",
        "new_parent_page": district.schools[0].pk,
        "copy_subpages": "",
    }
    client.post(reverse("wagtailadmin_pages:copy", args=[suggested.pk]), form)
    copied = type(suggested).objects.get(slug="fuben")
    copied.kind = "branch"
    copied.save_revision(user=district.editor1)
    submit(fresh(copied), district.editor1)
    assert decide(fresh(copied), district.reviewer1), "the words are this reviewer's own"


def test_an_older_version_brings_its_suggester_back(client, district, suggested):
    old = suggested.latest_revision_id
    page = fresh(suggested)
    page.current_workflow_state.cancel(user=district.editor1)
    page.slogan = "编辑自己的话"
    page.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    pool_reviewer = create_user("pool", Role.POOL_REVIEWER, district.home)
    for person in (pool_reviewer, district.section, district.final):
        assert decide(fresh(page), person) is None
    revert(client, district.editor1, fresh(page), old, "审核人写的话")
    assert decide(fresh(page), district.reviewer1), "the words are this reviewer's own"


def test_a_form_of_a_file_that_no_text_showed_stays_unpublished(district, scan):
    def retitle(person, title):
        with LogContext(user=person):
            scan.title = title
            scan.save()

    retitle(district.section2, "从未公开的题目")
    retitle(district.editor1, "倡议书")
    first = page_with(district, scan)
    pool_of_section = create_user("section3", Role.SECTION_REVIEWER, district.home)
    for person in (district.reviewer1, pool_of_section, district.final):
        assert decide(fresh(first), person) is None
    unpublish_unguarded(first)
    retitle(district.section2, "从未公开的题目")
    second = page_with(district, scan, title="第二篇", kind="branch")
    assert decide(second, district.reviewer1) is None
    assert decide(fresh(second), district.section2)

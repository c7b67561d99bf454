"""Files of texts that are not public yet: they cannot be deleted, and pages survive their loss."""

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.media.reviewed_files import IN_DRAFT
from core.models import Document, Image
from core.tests.factories import make_image
from tests.helpers.content import (
    DAY,
    NewsAttachment,
    NewsPageFactory,
    content_digest,
    corrections,
    submit_and_approve,
    withdrawal,
)
from tests.helpers.district import build_decision, decide, fresh, submit
from tests.helpers.publish_attempts import public_page, try_to_delete
from tests.helpers.responses import messages_of

REVIEW_VIEWS = ["review_decide", "review_preview", "review_correct"]
APPS = {Image: "wagtailimages", Document: "wagtaildocs"}


def ownership(district) -> dict:
    return {"collection": district.schools[0].collection, "uploaded_by_user": district.editor1}


@pytest.fixture
def picture(district):
    return make_image(40, 30, **ownership(district))


@pytest.fixture
def document(district):
    stored = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **ownership(district))
    stored.save()
    return stored


def public_news(district):
    page = NewsPageFactory(parent=district.schools[0], owner=district.editor1, live=False)
    page.save_revision(user=district.editor1)
    return submit_and_approve(page, district)


def with_file(text, file):
    """Return `text` with this file and no other."""
    if isinstance(file, Image):
        text.cover = file
    else:
        text.attachments = [NewsAttachment(document=file, sort_order=0)]
    return text


def without_file(page, file):
    """Return the newest text of `page` without files of this kind."""
    text = page.get_latest_revision_as_object()
    if isinstance(file, Image):
        text.cover = None
    else:
        text.attachments = []
    return text


def save_draft(district, page, file, **changes):
    """Save a draft of `page` that shows this file; return the page."""
    text = with_file(fresh(page).get_latest_revision_as_object(), file)
    for name, value in changes.items():
        setattr(text, name, value)
    text.save_revision(user=district.editor1)
    return fresh(page)


def submit_draft(district, page, file):
    page = save_draft(district, page, file)
    submit(page, district.editor1)
    return fresh(page)


def schedule_draft(district, page, file):
    page = save_draft(district, page, file, go_live_at=timezone.now() + DAY)
    page = submit_and_approve(page, district)
    assert page.scheduled_revision
    # A later draft without it: now the scheduled version alone names the file.
    without_file(page, file).save_revision(user=district.editor1)
    return fresh(page)


def suggest_draft(district, page, file):
    submit(fresh(page), district.editor1)
    suggest(district, fresh(page), file)
    return fresh(page)


def suggest(district, page, file):
    text = with_file(page.get_latest_revision_as_object(), file)
    state = page.current_workflow_task_state
    corrections.suggest(state, district.reviewer1, text, "换一张图。", build_decision(page).digest)


UNPUBLISHED_TEXTS = [save_draft, submit_draft, schedule_draft, suggest_draft]


@pytest.fixture(params=["picture", "document"])
def file(request):
    return request.getfixturevalue(request.param)


def page_for(district, file):
    return public_page(district) if isinstance(file, Image) else public_news(district)


def exists(file) -> bool:
    return type(file).objects.filter(pk=file.pk).exists()


def open_as(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def delete_unchecked(file) -> None:
    """Delete the file as if drafts did not protect it."""
    with mock.patch("core.media.receivers.is_referenced_by_draft", return_value=False):
        type(file).objects.get(pk=file.pk).delete()


@pytest.mark.parametrize("make_text", UNPUBLISHED_TEXTS)
def test_a_file_of_an_unpublished_text_cannot_be_deleted(client, district, file, make_text):
    make_text(district, page_for(district, file), file)
    app, kind = APPS[type(file)], type(file)._meta.model_name
    bulk_action = ("wagtail_bulk_action", "core", kind, "delete")
    for person in (district.colleague, district.admin):
        response = try_to_delete(client, person, f"{app}:delete", file.pk)
        assert str(IN_DRAFT) in messages_of(response)
        response = try_to_delete(client, person, *bulk_action, query=f"?id={file.pk}")
        assert str(IN_DRAFT) in messages_of(response)
    for attempt in (file.delete, type(file).objects.filter(pk=file.pk).delete):
        with pytest.raises(PermissionDenied), transaction.atomic():
            attempt()
    assert exists(file)


@pytest.mark.parametrize("field", ["meaning", "body"])
def test_a_file_inside_rich_text_or_body_cannot_be_deleted(district, picture, document, field):
    page = public_page(district)
    link = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    text = page.get_latest_revision_as_object()
    file = document if field == "meaning" else picture
    if field == "meaning":
        text.meaning = link
    else:
        text.body = [("image", {"image": picture, "caption": "图"})]
    text.save_revision(user=district.editor1)
    with pytest.raises(PermissionDenied), transaction.atomic():
        file.delete()
    assert exists(file)


def test_the_description_of_a_drafts_picture_may_change(district, picture):
    save_draft(district, public_page(district), picture)
    assert not picture.is_reviewed()
    picture.description = "改了。"
    picture.save()
    assert fresh(picture).description == "改了。"


def test_a_file_no_longer_in_the_draft_can_be_deleted(client, district, picture):
    page = save_draft(district, public_page(district), picture)
    save_draft(district, page, make_image(40, 30, **ownership(district)))
    try_to_delete(client, district.editor1, "wagtailimages:delete", picture.pk)
    assert not exists(picture)


def test_a_file_of_an_outdated_suggestion_can_be_deleted(client, district, picture):
    page = suggest_draft(district, public_page(district), picture)
    assert corrections.open_suggestion(page)
    page.save_revision(user=district.editor1)
    try_to_delete(client, district.editor1, "wagtailimages:delete", picture.pk)
    assert not exists(picture)


def test_a_file_of_an_accepted_suggestion_cannot_be_deleted(district, picture):
    page = suggest_draft(district, public_page(district), picture)
    corrections.accept(page, district.editor1)
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.delete()
    assert fresh(page).get_latest_revision_as_object().cover == picture


def test_other_numbers_in_a_draft_protect_no_file(district, picture):
    """The key occurs in the text, but as something else's."""
    text = public_page(district).get_latest_revision_as_object()
    text.meaning = f"<p>共 {picture.pk} 人。</p>"
    text.save_revision(user=district.editor1)
    picture.delete()
    assert not exists(picture)


def test_an_old_version_opens_without_its_deleted_file(client, district, file):
    page = save_draft(district, page_for(district, file), file)
    old = page.latest_revision
    without_file(page, file).save_revision(user=district.editor1)
    file.delete()
    url_args = ("wagtailadmin_pages:revisions_revert", page.pk, old.pk)
    assert open_as(client, district.editor1, *url_args).status_code == 200
    opened = old.as_object()
    assert opened.cover is None if isinstance(file, Image) else not opened.attachments.all()


def test_an_intact_child_row_stays_when_another_lost_its_file(district, document):
    other = Document(title="另", file=ContentFile(b"2", name="b.txt"), **ownership(district))
    other.save()
    text = public_news(district).get_latest_revision_as_object()
    text.attachments = [
        NewsAttachment(document=each, sort_order=position)
        for position, each in enumerate([document, other])
    ]
    revision = text.save_revision(user=district.editor1)
    delete_unchecked(document)
    opened = type(revision).objects.get(pk=revision.pk).as_object()
    assert [row.document for row in opened.attachments.all()] == [other]


def test_all_screens_open_when_the_file_of_a_waiting_text_is_lost(client, district, file):
    page = submit_draft(district, page_for(district, file), file)
    decision_before = build_decision(page)
    delete_unchecked(file)
    page = fresh(page)
    assert content_digest(page, page.get_latest_revision()) != decision_before.digest
    state = page.current_workflow_task_state
    reviewer, editor = district.reviewer1, district.editor1
    for screen in REVIEW_VIEWS:
        assert open_as(client, reviewer, screen, state.pk).status_code == 200
    assert open_as(client, editor, "wagtailadmin_pages:edit", page.pk).status_code == 200
    assert open_as(client, editor, "wagtailadmin_pages:history", page.pk).status_code == 200
    assert decide(page, reviewer, digest=decision_before.digest), "an approval of what is gone"
    page.current_workflow_state.cancel(user=editor)
    assert not fresh(page).workflow_in_progress
    assert open_as(client, editor, "wagtailadmin_pages:edit", page.pk).status_code == 200


def test_a_page_can_be_withdrawn_when_a_file_of_its_draft_is_lost(district, file):
    page = submit_draft(district, page_for(district, file), file)
    delete_unchecked(file)
    withdrawal.withdraw(fresh(page), district.final, "内容有误。")
    assert not fresh(page).live


def test_an_approval_is_void_once_the_file_is_lost(district, picture):
    page = submit_draft(district, public_page(district), picture)
    assert decide(page, district.reviewer1) is None
    delete_unchecked(picture)
    assert decide(fresh(page), district.section) or decide(fresh(page), district.final)
    assert fresh(page).cover is None


def test_all_screens_open_when_a_file_inside_the_body_is_lost(client, district, picture, document):
    page = public_page(district)
    text = page.get_latest_revision_as_object()
    text.body = [
        ("image", {"image": picture, "caption": "图"}),
        ("document", {"document": document, "title": "表"}),
    ]
    text.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    delete_unchecked(picture)
    delete_unchecked(document)
    state = fresh(page).current_workflow_task_state
    for screen in REVIEW_VIEWS:
        assert open_as(client, district.reviewer1, screen, state.pk).status_code == 200
    url_args = ("wagtailadmin_pages:edit", page.pk)
    assert open_as(client, district.editor1, *url_args).status_code == 200


def test_the_editor_opens_when_the_file_of_a_suggestion_is_lost(client, district, picture):
    page = suggest_draft(district, public_page(district), picture)
    delete_unchecked(picture)
    url_args = ("wagtailadmin_pages:edit", page.pk)
    assert open_as(client, district.editor1, *url_args).status_code == 200
    corrections.accept(fresh(page), district.editor1)
    assert fresh(page).get_latest_revision_as_object().cover is None

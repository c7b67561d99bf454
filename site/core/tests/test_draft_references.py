"""Files that only a text names which is not public yet: kept, and their loss survived."""

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from admin_policy.tests.test_delete_attempts import messages_of, try_to_delete
from audit.content_digest import content_digest
from core.media.models import IN_DRAFT
from core.models import Document, Image
from core.tests.factories import make_image
from news.models import NewsAttachment
from news.tests.factories import NewsPageFactory
from publication import withdrawal
from publication.tests.scheduling import DAY, submit_and_approve
from review.domain import corrections
from tests.helpers.district import decide, fresh, read, submit
from tests.helpers.publish_attempts import public_page

REVIEW = ["review_decide", "review_preview", "review_correct"]
APPS = {Image: "wagtailimages", Document: "wagtaildocs"}


def own(district) -> dict:
    return {"collection": district.schools[0].collection, "uploaded_by_user": district.editor1}


@pytest.fixture
def picture(district):
    return make_image(40, 30, **own(district))


@pytest.fixture
def paper(district):
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **own(district))
    document.save()
    return document


def public_news(district):
    page = NewsPageFactory(parent=district.schools[0], owner=district.editor1, live=False)
    page.save_revision(user=district.editor1)
    return submit_and_approve(page, district)


def named(text, file):
    """Let `text` show this file and no other."""
    if isinstance(file, Image):
        text.cover = file
    else:
        text.attachments = [NewsAttachment(document=file, sort_order=0)]
    return text


def without(page, file):
    """The newest text of `page`, which shows no file of this kind any more."""
    text = page.get_latest_revision_as_object()
    if isinstance(file, Image):
        text.cover = None
    else:
        text.attachments = []
    return text


def drafted(district, page, file, **changes):
    """A draft of `page` that shows this file."""
    text = named(fresh(page).get_latest_revision_as_object(), file)
    for name, value in changes.items():
        setattr(text, name, value)
    text.save_revision(user=district.editor1)
    return fresh(page)


def waits(district, page, file):
    page = drafted(district, page, file)
    submit(page, district.editor1)
    return fresh(page)


def is_scheduled(district, page, file):
    page = drafted(district, page, file, go_live_at=timezone.now() + DAY)
    page = submit_and_approve(page, district)
    assert page.scheduled_revision
    # A later draft without it: now the scheduled version alone names the file.
    without(page, file).save_revision(user=district.editor1)
    return fresh(page)


def is_suggested(district, page, file):
    submit(fresh(page), district.editor1)
    suggest(district, fresh(page), file)
    return fresh(page)


def suggest(district, page, file):
    text = named(page.get_latest_revision_as_object(), file)
    state = page.current_workflow_task_state
    corrections.suggest(state, district.reviewer1, text, "换一张图。", read(page).digest)


WAYS = [drafted, waits, is_scheduled, is_suggested]


@pytest.fixture(params=["picture", "paper"])
def file(request):
    return request.getfixturevalue(request.param)


def page_for(district, file):
    return public_page(district) if isinstance(file, Image) else public_news(district)


def exists(file) -> bool:
    return type(file).objects.filter(pk=file.pk).exists()


def open_as(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def lose(file) -> None:
    """Delete it as if no draft were asked, which was so once."""
    with mock.patch("core.media.models.is_named_by_pending", return_value=False):
        type(file).objects.get(pk=file.pk).delete()


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_a_text_to_come_is_not_deleted(client, district, file, way):
    way(district, page_for(district, file), file)
    app, kind = APPS[type(file)], type(file)._meta.model_name
    bulk = ("wagtail_bulk_action", "core", kind, "delete")
    for person in (district.colleague, district.admin):
        answer = try_to_delete(client, person, f"{app}:delete", file.pk)
        assert str(IN_DRAFT) in messages_of(answer)
        answer = try_to_delete(client, person, *bulk, query=f"?id={file.pk}")
        assert str(IN_DRAFT) in messages_of(answer)
    for attempt in (file.delete, type(file).objects.filter(pk=file.pk).delete):
        with pytest.raises(PermissionDenied), transaction.atomic():
            attempt()
    assert exists(file)


@pytest.mark.parametrize("place", ["meaning", "body"])
def test_a_file_inside_a_text_is_found_as_well(district, picture, paper, place):
    page = public_page(district)
    link = f'<p><a linktype="document" id="{paper.pk}">附件</a></p>'
    text = page.get_latest_revision_as_object()
    file = paper if place == "meaning" else picture
    if place == "meaning":
        text.meaning = link
    else:
        text.body = [("image", {"image": picture, "caption": "图"})]
    text.save_revision(user=district.editor1)
    with pytest.raises(PermissionDenied), transaction.atomic():
        file.delete()
    assert exists(file)


def test_the_words_of_a_mere_drafts_picture_may_still_change(district, picture):
    drafted(district, public_page(district), picture)
    assert not picture.is_reviewed()
    picture.description = "改了。"
    picture.save()
    assert fresh(picture).description == "改了。"


def test_what_a_draft_shows_no_more_is_deleted(client, district, picture):
    page = drafted(district, public_page(district), picture)
    drafted(district, page, make_image(40, 30, **own(district)))
    try_to_delete(client, district.editor1, "wagtailimages:delete", picture.pk)
    assert not exists(picture)


def test_what_an_overtaken_suggestion_shows_is_deleted(client, district, picture):
    page = is_suggested(district, public_page(district), picture)
    assert corrections.open_suggestion(page)
    page.save_revision(user=district.editor1)
    try_to_delete(client, district.editor1, "wagtailimages:delete", picture.pk)
    assert not exists(picture)


def test_an_accepted_suggestion_keeps_its_file(district, picture):
    page = is_suggested(district, public_page(district), picture)
    corrections.accept(page, district.editor1)
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.delete()
    assert fresh(page).get_latest_revision_as_object().cover == picture


def test_other_numbers_in_a_draft_hold_no_file(district, picture):
    """The key occurs in the text, but as something else's."""
    text = public_page(district).get_latest_revision_as_object()
    text.meaning = f"<p>共 {picture.pk} 人。</p>"
    text.save_revision(user=district.editor1)
    picture.delete()
    assert not exists(picture)


def test_an_old_version_whose_file_is_gone_opens_with_an_empty_field(client, district, file):
    page = drafted(district, page_for(district, file), file)
    old = page.latest_revision
    without(page, file).save_revision(user=district.editor1)
    file.delete()
    where = ("wagtailadmin_pages:revisions_revert", page.pk, old.pk)
    assert open_as(client, district.editor1, *where).status_code == 200
    shown = old.as_object()
    assert shown.cover is None if isinstance(file, Image) else not shown.attachments.all()


def test_a_child_row_that_is_whole_stays_beside_one_that_is_lost(district, paper):
    other = Document(title="另", file=ContentFile(b"2", name="b.txt"), **own(district))
    other.save()
    text = public_news(district).get_latest_revision_as_object()
    text.attachments = [
        NewsAttachment(document=each, sort_order=place) for place, each in enumerate([paper, other])
    ]
    revision = text.save_revision(user=district.editor1)
    lose(paper)
    shown = type(revision).objects.get(pk=revision.pk).as_object()
    assert [row.document for row in shown.attachments.all()] == [other]


def test_screens_open_though_a_waiting_file_is_gone(client, district, file):
    page = waits(district, page_for(district, file), file)
    read_before = read(page)
    lose(file)
    page = fresh(page)
    assert content_digest(page, page.get_latest_revision()) != read_before.digest
    state = page.current_workflow_task_state
    reviewer, editor = district.reviewer1, district.editor1
    for screen in REVIEW:
        assert open_as(client, reviewer, screen, state.pk).status_code == 200
    assert open_as(client, editor, "wagtailadmin_pages:edit", page.pk).status_code == 200
    assert open_as(client, editor, "wagtailadmin_pages:history", page.pk).status_code == 200
    assert decide(page, reviewer, digest=read_before.digest), "an approval of what is gone"
    page.current_workflow_state.cancel(user=editor)
    assert not fresh(page).workflow_in_progress
    assert open_as(client, editor, "wagtailadmin_pages:edit", page.pk).status_code == 200


def test_a_page_is_withdrawn_though_a_file_of_its_draft_is_gone(district, file):
    page = waits(district, page_for(district, file), file)
    lose(file)
    withdrawal.withdraw(fresh(page), district.final, "内容有误。")
    assert not fresh(page).live


def test_an_approval_is_void_once_the_file_is_gone(district, picture):
    page = waits(district, public_page(district), picture)
    assert decide(page, district.reviewer1) is None
    lose(picture)
    assert decide(fresh(page), district.section) or decide(fresh(page), district.final)
    assert fresh(page).cover is None


def test_a_file_inside_the_body_that_is_gone_closes_no_screen(client, district, picture, paper):
    page = public_page(district)
    text = page.get_latest_revision_as_object()
    text.body = [
        ("image", {"image": picture, "caption": "图"}),
        ("document", {"document": paper, "title": "表"}),
    ]
    text.save_revision(user=district.editor1)
    submit(fresh(page), district.editor1)
    lose(picture)
    lose(paper)
    state = fresh(page).current_workflow_task_state
    for screen in REVIEW:
        assert open_as(client, district.reviewer1, screen, state.pk).status_code == 200
    where = ("wagtailadmin_pages:edit", page.pk)
    assert open_as(client, district.editor1, *where).status_code == 200


def test_a_suggestion_whose_file_is_gone_closes_no_screen(client, district, picture):
    page = is_suggested(district, public_page(district), picture)
    lose(picture)
    where = ("wagtailadmin_pages:edit", page.pk)
    assert open_as(client, district.editor1, *where).status_code == 200
    corrections.accept(fresh(page), district.editor1)
    assert fresh(page).get_latest_revision_as_object().cover is None

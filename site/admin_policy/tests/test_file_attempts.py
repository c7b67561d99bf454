"""Files of public and waiting pages: replaced, deleted, exchanged between two approvals."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from admin_policy.tests.helpers import is_shown
from audit.content_digest import content_digest
from brands.models import BrandPage
from core.media.reviewed_files import IN_REVIEW
from core.models import Document, Image
from core.tests.factories import make_image
from roles.models import Level
from tests.helpers.content import shared_collection
from tests.helpers.district import decide, fresh
from tests.helpers.invariant import file_hashes
from tests.helpers.publish_attempts import (
    current_level,
    delete_unguarded,
    public_page,
    waiting_page,
)


@pytest.fixture
def shown(district):
    """An image and a document of the first school that a public page shows."""
    own = {"collection": district.schools[0].collection, "uploaded_by_user": district.editor1}
    image = make_image(400, 300, **own)
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"), **own)
    document.save()
    link = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    public_page(district, meaning=link, body=[("image", {"image": image, "caption": "图"})])
    return image, document


def test_a_file_in_use_is_not_replaced(non_raising_client, district, shown):
    image, document = shown
    collection = district.schools[0].collection_id
    fields = {"title": "x", "collection": collection, "tags": ""}
    about = {"description": "x", "people": "none", "consent": "not_needed", "credit": ""}
    with make_image(50, 50).file.open() as other:
        picture = other.read()
    for person in ("editor1", "admin"):
        non_raising_client.force_login(getattr(district, person))
        upload = {"file": SimpleUploadedFile("b.png", picture, "image/png")}
        non_raising_client.post(
            reverse("wagtailimages:edit", args=[image.pk]), fields | about | upload
        )
        upload = {"file": SimpleUploadedFile("b.txt", b"2")}
        non_raising_client.post(reverse("wagtaildocs:edit", args=[document.pk]), fields | upload)
    assert fresh(image).file.name == image.file.name
    assert fresh(document).file.name == document.file.name


def test_a_file_in_use_is_not_deleted(non_raising_client, district, shown):
    image, document = shown
    for person in ("editor1", "admin"):
        non_raising_client.force_login(getattr(district, person))
        for kind, file in (("image", image), ("document", document)):
            label = f"wagtail{kind}s" if kind == "image" else "wagtaildocs"
            for address in (
                reverse(f"{label}:delete", args=[file.pk]),
                reverse(f"{label}:delete_multiple", args=[file.pk]),
                reverse("wagtail_bulk_action", args=["core", kind, "delete"]) + f"?id={file.pk}",
            ):
                with transaction.atomic():
                    non_raising_client.post(
                        address, {}, headers={"x-requested-with": "XMLHttpRequest"}
                    )
    assert Image.objects.filter(pk=image.pk).exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_file_that_nothing_shows_is_deleted(non_raising_client, district):
    own = {"collection": district.schools[0].collection, "uploaded_by_user": district.editor1}
    image = make_image(400, 300, **own)
    non_raising_client.force_login(district.editor1)
    non_raising_client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not Image.objects.filter(pk=image.pk).exists()


def exchange(target, file):
    """Another file behind the same number, as somebody with the database could put it there."""
    target.file = file
    target.file._committed = False
    stored = target.file.storage.save(f"exchanged/{file.name}", file)
    with connection.cursor() as cursor:
        table = type(target)._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET file = %s, file_hash = '' WHERE id = %s", [stored, target.pk]
        )


def exchange_image(image):
    with make_image(60, 60).file.open() as other:
        exchange(image, ContentFile(other.read(), name="b.png"))


def exchange_document(document):
    exchange(document, ContentFile(b"2", name="a.txt"))


def test_nobody_changes_the_description_of_a_file_in_use(district, shown):
    image, document = shown
    for file, name in ((image, "description"), (image, "title"), (document, "title")):
        setattr(file, name, "偷换的说明")
        with pytest.raises(PermissionDenied):
            file.save()
    for model in (Image, Document):
        with pytest.raises(PermissionDenied):
            model.objects.update(collection=district.schools[1].collection)


def test_a_picture_exchanged_between_two_approvals_voids_the_first(district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    page = waiting_page(district, cover=image)
    decide(page, district.reviewer1)
    before = content_digest(fresh(page), fresh(page).latest_revision)
    exchange_image(Image.objects.get(pk=image.pk))
    assert content_digest(fresh(page), fresh(page).latest_revision) != before
    assert decide(fresh(page), district.section) is not None
    assert current_level(page) == Level.SECTION


def test_a_document_exchanged_between_two_approvals_voids_the_first(district):
    document = Document(title="附件", file=ContentFile(b"1", name="a.txt"))
    document.save()
    document.get_file_hash()
    page = waiting_page(
        district, meaning=f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    )
    decide(page, district.reviewer1)
    exchange_document(Document.objects.get(pk=document.pk))
    assert decide(fresh(page), district.section) is not None
    assert current_level(page) == Level.SECTION


def test_a_deleted_draft_lets_go_of_its_files(non_raising_client, district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    page = waiting_page(district, cover=image)
    assert image.is_reviewed()
    delete_unguarded(page)
    assert not image.is_reviewed()


def test_a_returned_text_lets_go_of_its_files(district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    page = waiting_page(district, cover=image)
    decide(page, district.reviewer1, "reject", "请换一张图。")
    assert not image.is_reviewed()


# --- description, collection and focus of files that readers or reviewers see -------------------


def unchanged_fields(file) -> dict:
    """What the edit form of an image or document posts if nothing is changed."""
    fields = {"title": file.title, "collection": file.collection_id, "tags": ""}
    if isinstance(file, Image):
        fields |= {"description": file.description, "people": file.people}
        fields |= {"consent": file.consent, "credit": file.credit}
    return fields


def row_of(file) -> dict:
    file.get_file_size()  # Stored when it is first asked for.
    return type(file)._base_manager.filter(pk=file.pk).values().get()


def changes_of(file, other) -> list[dict]:
    """Each change of fields or place that a form can post."""
    changes = [{"title": "偷换的名字"}, {"collection": other.pk}]
    if isinstance(file, Image):
        changes += [{"description": "偷换的说明"}, {"credit": "偷换"}, {"is_decorative": "on"}]
        changes += [{f"focal_point_{name}": 7 for name in ("x", "y", "width", "height")}]
    return changes


def edit_address(file, many=False) -> str:
    kind = "images" if isinstance(file, Image) else "docs"
    return reverse(f"wagtail{kind}:edit{'_multiple' if many else ''}", args=[file.pk])


def test_the_form_of_a_file_in_use_refuses_changes_and_keeps_what_was_typed(
    non_raising_client, district, shown
):
    other = shared_collection(district.home)
    for person in ("editor1", "admin"):
        non_raising_client.force_login(getattr(district, person))
        for file in shown:
            before = row_of(file)
            for change in changes_of(file, other):
                response = non_raising_client.post(
                    edit_address(file), unchanged_fields(file) | change
                )
                assert row_of(file) == before, change
                if "collection" in change and person == "editor1":
                    continue
                assert response.status_code == 200, (person, file, change)
                html = response.content.decode()
                assert is_shown(html, IN_REVIEW)
                assert all(str(typed) in html for typed in change.values())


def test_the_form_for_many_files_refuses_changes_of_files_in_use(
    non_raising_client, district, shown
):
    non_raising_client.force_login(district.editor1)
    for file in shown:
        before, prefix = row_of(file), "image" if isinstance(file, Image) else "doc"
        fields = unchanged_fields(file) | {"title": "偷换的名字"}
        form = {f"{prefix}-{file.pk}-{name}": value for name, value in fields.items()}
        headers = {"x-requested-with": "XMLHttpRequest"}
        response = non_raising_client.post(
            edit_address(file, many=True), form, headers=headers
        ).json()
        assert not response["success"]
        assert is_shown(response["form"], IN_REVIEW)
        assert "偷换的名字" in response["form"]
        assert row_of(file) == before


def test_a_bulk_action_does_not_change_files_in_use(non_raising_client, district, shown):
    non_raising_client.force_login(district.admin)
    other = shared_collection(district.home)
    for file in shown:
        before = row_of(file)
        kind = "image" if isinstance(file, Image) else "document"
        for action in ("add_to_collection", "add_tags"):
            address = reverse("wagtail_bulk_action", args=["core", kind, action])
            change = {"collection": other.pk, "tags": "一, 二"}
            with transaction.atomic():
                response = non_raising_client.post(f"{address}?id={file.pk}", change, follow=True)
            assert row_of(file) == before
            if action == "add_to_collection":
                assert is_shown(response.content.decode(), IN_REVIEW)


def test_a_later_draft_without_the_picture_does_not_free_it(district, shown):
    image = Image.objects.get(pk=shown[0].pk)
    page = BrandPage.objects.get(live=True)
    later = page.get_latest_revision_as_object()
    later.body = []
    later.save_revision(user=district.editor1)
    image.title = "偷换的名字"
    with pytest.raises(PermissionDenied):
        image.save()


def test_what_waits_or_is_scheduled_keeps_its_picture(district):
    own = {"collection": district.schools[0].collection}
    waits, scheduled, free = (make_image(400, 300, **own) for _each in range(3))
    waiting_page(district, cover=waits)
    tomorrow = timezone.now() + timedelta(days=1)
    page = public_page(district, title="定时", kind="branch", cover=scheduled, go_live_at=tomorrow)
    assert not page.live
    for image in (waits, scheduled):
        image.description = "偷换的说明"
        with pytest.raises(PermissionDenied):
            image.save()
    free.description = "更好的说明"
    free.save()


def test_a_text_called_back_frees_its_picture(district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    page = waiting_page(district, cover=image)
    page.current_workflow_state.cancel(user=district.editor1)
    image.description = "更好的说明"
    image.save()


def test_making_renditions_anew_changes_no_file(district, shown):
    before = file_hashes()
    call_command("wagtail_update_image_renditions", verbosity=0)
    assert file_hashes() == before

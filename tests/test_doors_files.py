"""Files of public and waiting pages: replaced, deleted, exchanged between two approvals."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from core.models import Document, Image
from core.models.media import HeldFile
from core.tests.factories import make_image
from moderation.digest import content_digest
from moderation.models import Level
from tests.attacks import level_of, public_page, waiting_page
from tests.district import decide, fresh


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


def test_a_file_in_use_is_not_replaced(calm_client, district, shown):
    image, document = shown
    collection = district.schools[0].collection_id
    words = {"title": "x", "collection": collection, "tags": ""}
    about = {"description": "x", "people": "none", "consent": "not_needed", "credit": ""}
    with make_image(50, 50).file.open() as other:
        picture = other.read()
    for person in ("editor1", "admin"):
        calm_client.force_login(getattr(district, person))
        upload = {"file": SimpleUploadedFile("b.png", picture, "image/png")}
        calm_client.post(reverse("wagtailimages:edit", args=[image.pk]), words | about | upload)
        upload = {"file": SimpleUploadedFile("b.txt", b"2")}
        calm_client.post(reverse("wagtaildocs:edit", args=[document.pk]), words | upload)
    assert fresh(image).file.name == image.file.name
    assert fresh(document).file.name == document.file.name


def test_a_file_in_use_is_not_deleted(calm_client, district, shown):
    image, document = shown
    for person in ("editor1", "admin"):
        calm_client.force_login(getattr(district, person))
        for kind, thing in (("image", image), ("document", document)):
            label = f"wagtail{kind}s" if kind == "image" else "wagtaildocs"
            for address in (
                reverse(f"{label}:delete", args=[thing.pk]),
                reverse(f"{label}:delete_multiple", args=[thing.pk]),
                reverse("wagtail_bulk_action", args=["core", kind, "delete"]) + f"?id={thing.pk}",
            ):
                with transaction.atomic():
                    calm_client.post(address, {}, headers={"x-requested-with": "XMLHttpRequest"})
    assert Image.objects.filter(pk=image.pk).exists()
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_file_that_nothing_shows_is_deleted(calm_client, district):
    own = {"collection": district.schools[0].collection, "uploaded_by_user": district.editor1}
    image = make_image(400, 300, **own)
    calm_client.force_login(district.editor1)
    calm_client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not Image.objects.filter(pk=image.pk).exists()


def exchange_image(image):
    """Another picture behind the same number, as somebody with the database could put it there."""
    HeldFile.objects.all().delete()
    with make_image(60, 60).file.open() as other:
        image.file = ContentFile(other.read(), name="b.png")
    image.save()


def exchange_document(document):
    HeldFile.objects.all().delete()
    document.file = ContentFile(b"2", name="a.txt")
    document.save()


def test_a_picture_exchanged_between_two_approvals_voids_the_first(district):
    image = make_image(400, 300, collection=district.schools[0].collection)
    page = waiting_page(district, cover=image)
    decide(page, district.reviewer1)
    before = content_digest(fresh(page), fresh(page).latest_revision)
    exchange_image(Image.objects.get(pk=image.pk))
    assert content_digest(fresh(page), fresh(page).latest_revision) != before
    assert decide(fresh(page), district.section) is not None
    assert level_of(page) == Level.SECTION


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
    assert level_of(page) == Level.SECTION

"""Images and documents: metadata, required fields, storage, replacement."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from wagtail.images.forms import get_image_form

from core.models import Document, Image
from tests.helpers.district import brand_draft

GPS, MAKER, ORIENTATION, ROTATED = 0x8825, 0x010F, 0x0112, 6


def photograph(kind="JPEG", size=(60, 40), **exif) -> ContentFile:
    """A picture as a phone leaves it: maker, place, and turned by a tag."""
    tags = Pillow.Exif()
    tags[MAKER] = "SecretCamera"
    tags[ORIENTATION] = ROTATED
    tags.get_ifd(GPS)[2] = (35.0, 24.0, 0.0)
    buffer = BytesIO()
    Pillow.new("RGB", size, "#b3202a").save(buffer, format=kind, exif=tags)
    return ContentFile(buffer.getvalue(), name=f"李雷家.{kind.lower()}")


def image(**fields) -> Image:
    return Image(**({"title": "灯", "file": photograph(), "description": "一盏灯"} | fields))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_metadata_of_camera_and_place_is_removed(db, kind):
    stored = image(file=photograph(kind))
    stored.save()
    data = stored.file.read()
    with Pillow.open(BytesIO(data)) as opened:
        assert dict(opened.getexif()) == {}
        assert opened.size == (40, 60), "the picture is turned as the tag said"
    assert b"SecretCamera" not in data
    assert (stored.width, stored.height) == (40, 60)


def test_the_uploaded_file_name_is_not_kept(db):
    stored = image()
    stored.save()
    assert "李雷" not in stored.file.name


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("data", "name"), [(b"no picture", "x.jpg"), (SVG, "x.svg"), (SVG, "x.jpg"), (b"<svg", "x.png")]
)
def test_a_file_that_is_no_picture_is_refused(district, data, name):
    form = get_image_form(Image)(
        {"title": "灯", "description": "一盏灯", "people": "none", "consent": "not_needed"},
        {"file": SimpleUploadedFile(name, data)},
        user=district.admin,
    )
    assert not form.is_valid()
    assert form.errors["file"]


def test_a_picture_needs_a_description_or_is_decorative(db):
    with pytest.raises(ValidationError) as error:
        image(description="").full_clean(exclude=["collection"])
    assert "description" in error.value.message_dict
    image(description="", is_decorative=True).full_clean(exclude=["collection"])


def test_minors_need_a_consent(db):
    with pytest.raises(ValidationError) as error:
        image(people="minors").full_clean(exclude=["collection"])
    assert "consent" in error.value.message_dict
    image(people="minors", consent="given").full_clean(exclude=["collection"])


def test_originals_and_documents_lie_outside_the_public_folder(db):
    stored = image()
    stored.save()
    document = Document.objects.create(title="预案", file=ContentFile(b"x", name="plan.txt"))
    for file in (stored.file, document.file):
        assert file.path.startswith(str(settings.PRIVATE_ROOT))
        with pytest.raises(NotImplementedError):
            _ = file.url
    rendition = stored.get_rendition("width-20")
    assert rendition.file.path.startswith(str(settings.MEDIA_ROOT))


def test_the_file_of_a_picture_in_use_cannot_be_replaced(district):
    stored = image()
    stored.save()
    unused = image()
    unused.save()
    brand_draft(district.schools[0], district.editor1, cover=stored)
    for picture in (stored, unused):
        picture.file = photograph(size=(10, 10))
    with pytest.raises(ValidationError) as error:
        stored.full_clean(exclude=["collection"])
    assert "file" in error.value.message_dict
    unused.full_clean(exclude=["collection"])


def test_the_description_of_a_drafts_picture_may_be_corrected(district):
    stored = image()
    stored.save()
    brand_draft(district.schools[0], district.editor1, cover=stored)
    stored.description = "一盏红色的灯"
    stored.full_clean(exclude=["collection"])

"""Pictures and documents for tests."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Pillow

from core.models import Image


def make_image(width: int = 1600, height: int = 1000, **fields) -> Image:
    """A stored picture of one colour; described unless `fields` say otherwise."""
    buffer = BytesIO()
    Pillow.new("RGB", (width, height), "#B3202A").save(buffer, "PNG")
    image = Image(**{"title": "红纸", "description": "一张红纸"} | fields)
    image.file = ContentFile(buffer.getvalue(), name="paper.png")
    image.save()
    return image

"""Image files: metadata is removed from uploads, and AVIF is encoded fast."""

from io import BytesIO
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from wagtail.images.models import Filter
from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage

JPEG_QUALITY = 92
# From 0, thorough, to 10: a quarter of the time of Pillow's default (docs/performance.md).
AVIF_SPEED = 8


def without_metadata(file: File) -> ContentFile:
    """Re-encode an image file with its pixels alone (EXIF, GPS, XMP, ICC, thumbnails dropped).

    Orientation and colour profile are applied to the pixels first, so that it looks the same.

    Raises:
        ValidationError: the file is no image that can be read.
    """
    file.seek(0)
    try:
        with Pillow.open(file) as opened:
            name, image_format = file.name, opened.format
            image = _in_srgb(ImageOps.exif_transpose(opened))
            clean = Pillow.new(image.mode, image.size)
            if image.mode == "P":
                clean.putpalette(image.getpalette())
            clean.paste(image)
    except (OSError, ValueError, Pillow.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture that can be read.")) from error
    if image_format == "JPEG" and clean.mode not in ("RGB", "L"):
        clean = clean.convert("RGB")
    buffer = BytesIO()
    clean.save(buffer, format=image_format, quality=JPEG_QUALITY, optimize=image_format == "PNG")
    return ContentFile(buffer.getvalue(), name=name)


def _in_srgb(image: Any) -> Any:
    profile = image.info.get("icc_profile")
    if image.mode == "P" and "transparency" in image.info:
        image = image.convert("RGBA")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except ImageCms.PyCMSError:
        return image


def register_fast_avif() -> None:
    """Make Willow, with which Wagtail writes every rendition, write AVIF at AVIF_SPEED."""
    # Willow asks its registry only for what the class itself lacks.
    PillowImage.save_as_avif = _save_as_avif


def _save_as_avif(
    willow_image: PillowImage, file: BinaryIO, quality: int = 80, **options: Any
) -> AvifImageFile:
    # Originals have no colour profile left (`without_metadata`).
    image = willow_image.get_pillow_image()
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if willow_image.has_alpha() else "RGB")
    image.save(file, "AVIF", quality=quality, speed=AVIF_SPEED)
    return AvifImageFile(file)


class OneFileEach:
    """Mixin of the image model: every rendition has one file, which a row names."""

    # The related manager of the image.
    renditions: Any

    def create_renditions(self, *filters: Filter) -> dict[Filter, Any]:
        """Make renditions; where another process was faster, use its and delete our file.

        Wagtail would leave a file that no row names and no withdrawal would find.
        """
        # Wagtail's AbstractImage comes next, and has no types.
        renditions = super().create_renditions(*filters)  # type: ignore[misc]
        stored = {row.filter_spec: row for row in self._stored_renditions(renditions)}
        for each, rendition in renditions.items():
            row = stored.get(each.spec)
            if row is not None and row.file.name != rendition.file.name:
                rendition.file.delete(save=False)
                renditions[each] = row
        return renditions

    def _stored_renditions(self, renditions: dict[Filter, Any]) -> Any:
        keys = {each.get_cache_key(self) for each in renditions}
        specs = {each.spec for each in renditions}
        return self.renditions.filter(filter_spec__in=specs, focal_point_key__in=keys)

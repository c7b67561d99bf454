"""Pictures as files: what comes in is cleaned of camera, place and owner; AVIF made quickly."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps
from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage

QUALITY = 92
# From 0, thorough, to 10: a quarter of the time that Pillow takes unasked (docs/performance.md).
AVIF_SPEED = 8


def without_metadata(file) -> ContentFile:
    """Re-encode an image file with its pixels alone (EXIF, GPS, XMP, ICC, thumbnails dropped).

    Orientation and colour profile are applied to the pixels first, so that it looks the same.

    Raises:
        ValidationError: the file is no picture that can be read.
    """
    file.seek(0)
    try:
        with Pillow.open(file) as opened:
            name, kind = file.name, opened.format
            picture = _in_srgb(ImageOps.exif_transpose(opened))
            clean = Pillow.new(picture.mode, picture.size)
            if picture.mode == "P":
                clean.putpalette(picture.getpalette())
            clean.paste(picture)
    except (OSError, ValueError, Pillow.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture that can be read.")) from error
    if kind == "JPEG" and clean.mode not in ("RGB", "L"):
        clean = clean.convert("RGB")
    buffer = BytesIO()
    clean.save(buffer, format=kind, quality=QUALITY, optimize=kind == "PNG")
    return ContentFile(buffer.getvalue(), name=name)


def _in_srgb(picture):
    profile = picture.info.get("icc_profile")
    if picture.mode == "P" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except ImageCms.PyCMSError:
        return picture


def register_quick_avif() -> None:
    """Make Willow, through which Wagtail writes every size, write AVIF at AVIF_SPEED."""
    # Its registry is asked only for what the class itself lacks.
    PillowImage.save_as_avif = _save_as_avif


def _save_as_avif(willow, file, quality=80, **options) -> AvifImageFile:
    # Originals have no colour profile left (`without_metadata`).
    picture = willow.get_pillow_image()
    if picture.mode not in ("RGB", "RGBA"):
        see_through = willow.has_alpha()
        picture = picture.convert("RGBA" if see_through else "RGB")
    picture.save(file, "AVIF", quality=quality, speed=AVIF_SPEED)
    return AvifImageFile(file)


class OneFileEach:
    """What an image model needs so that each of its sizes has one file, which a row names."""

    def create_renditions(self, *filters):
        """Make renditions; where somebody else was as quick, theirs counts and ours is deleted.

        Wagtail leaves a file behind then, which no row names and no withdrawal would find.
        """
        made = super().create_renditions(*filters)
        stored = {row.filter_spec: row for row in self._stored(made)}
        for known, rendition in made.items():
            winner = stored.get(known.spec)
            if winner is not None and winner.file.name != rendition.file.name:
                rendition.file.delete(save=False)
                made[known] = winner
        return made

    def _stored(self, made):
        keys = {known.get_cache_key(self) for known in made}
        specs = {known.spec for known in made}
        return self.renditions.filter(filter_spec__in=specs, focal_point_key__in=keys)

"""Renditions of a page's images, made before a reader asks."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Page

from core.media.models import Image
from core.media.references import images_by_field
from core.media.rendition_sizes import SIZES


def make_missing_renditions(page: Page) -> int:
    """Make the missing renditions in which readers see the images of `page`; return how many.

    Raises:
        SourceImageIOError: the original of an image is lost.
    """
    sizes = _sizes_by_image(page)
    images = get_image_model().objects.filter(pk__in=sizes)
    return sum(_make_missing(image, sizes[str(image.pk)]) for image in images)


def _sizes_by_image(page: Page) -> dict[str, set[str]]:
    """Return the names of the sizes by key of an image."""
    sizes: dict[str, set[str]] = {}
    for field, keys in images_by_field(page).items():
        for key in keys:
            sizes.setdefault(key, set()).update(page.picture_sizes.get(field, ()))
    return sizes


def _make_missing(image: Image, size_names: set[str]) -> int:
    specs = {spec for name in size_names for spec in SIZES[name].filters_of(image)}
    existing = set(
        image.renditions.filter(filter_spec__in=specs).values_list("filter_spec", "focal_point_key")
    )
    cache_keys = {spec: Filter(spec).get_cache_key(image) for spec in sorted(specs)}
    missing = [spec for spec, key in cache_keys.items() if (spec, key) not in existing]
    if missing:
        image.get_renditions(*missing)
    return len(missing)

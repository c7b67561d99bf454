"""Every size of a page's pictures, made before a reader asks."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter

from core.media.references import images_by_field
from core.media.rendition_sizes import SIZES

KEY = ("filter_spec", "focal_point_key")


def make_for(page) -> int:
    """Make what is missing of the sizes in which readers see the pictures of `page`; how many.

    It can be run as often as one likes.

    Raises:
        SourceImageIOError: the original of a picture is lost.
    """
    wanted = _wanted(page)
    images = get_image_model().objects.filter(pk__in=wanted)
    return sum(_make(image, wanted[str(image.pk)]) for image in images)


def _wanted(page) -> dict[str, set[str]]:
    """Key of an image → the names of its sizes."""
    wanted: dict[str, set[str]] = {}
    for field, keys in images_by_field(page).items():
        for key in keys:
            wanted.setdefault(key, set()).update(page.picture_sizes.get(field, ()))
    return wanted


def _make(image, names: set[str]) -> int:
    filters = {spec for name in names for spec in SIZES[name].filters_of(image)}
    known = set(image.renditions.filter(filter_spec__in=filters).values_list(*KEY))
    keys = {spec: Filter(spec).get_cache_key(image) for spec in sorted(filters)}
    missing = [spec for spec, key in keys.items() if (spec, key) not in known]
    if missing:
        image.get_renditions(*missing)
    return len(missing)

"""The sizes in which images are shown: for the tag `picture`, for prefetching, for making them.

Modern formats have every width; the format that every browser reads has one, since hardly any
browser asks for it. See docs/decisions/0027-three-formats-of-a-picture.md.
"""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError

# The best first: a browser takes the first one it knows.
MODERN_FORMATS = ("avif", "webp")
# What stands in `src`: PNG keeps transparency.
PLAIN_FORMAT, TRANSPARENT_FORMAT = "jpeg", "png"


class PictureSize(NamedTuple):
    """Wagtail's operations from small to large, and the value of the attribute `sizes`.

    There are at least two: the second is made in the format for every browser.
    """

    operations: tuple[str, ...]
    sizes: str

    @property
    def plain_operation(self) -> str:
        """The operation that is made in a format for every browser."""
        return self.operations[1]

    @property
    def modern_filters(self) -> tuple[str, ...]:
        """The filters in which every image is shown in this size."""
        return tuple(
            f"{operation}|format-{image_format}"
            for image_format in MODERN_FORMATS
            for operation in self.operations
        )

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters in which any image may be shown in this size."""
        plain = (
            f"{self.plain_operation}|format-{image_format}"
            for image_format in (PLAIN_FORMAT, TRANSPARENT_FORMAT)
        )
        return (*self.modern_filters, *plain)

    def filters_of(self, image: AbstractImage) -> tuple[str, ...]:
        """Return the filters in which `image` is shown in this size, the plain one last."""
        return (*self.modern_filters, f"{self.plain_operation}|format-{plain_format(image)}")


# A phone is 390 wide and has one, two or three dots to a pixel: 400, 800, 1200.
CARD = ("fill-216x135", "fill-400x250", "fill-800x500")
COVER = ("fill-400x250", "fill-800x500", "fill-1200x750", "fill-1600x1000")
LEAD = ("fill-400x225", "fill-800x450", "fill-1200x675", "fill-1600x900")
WIDE = ("max-400x600", "max-800x1200", "max-1200x1800", "max-1600x2000")
TEXT = ("max-400x600", "max-800x1200", "max-1200x1800")

# The margin of the page is 5.55vw on each side (static/css/tokens.css).
INSET = "88.9vw"
FULL_BLEED = "(min-width: 901px) 88.9vw, 100vw"

SIZES = {
    # Cards: dated ones (news), those of places (bases, topics), the stops of a route.
    "dated": PictureSize(CARD, "(min-width: 768px) 176px, 104px"),
    "place": PictureSize(CARD, "(min-width: 901px) 376px, 112px"),
    "stop": PictureSize(CARD, "(min-width: 901px) 216px, calc(88.9vw - 62px)"),
    # Beside a text: a project's cover, the map of a route.
    "aside": PictureSize(COVER[:3], f"(min-width: 1101px) 376px, {INSET}"),
    # The first picture of the home page; the cover of a brand; the head of a news page.
    "lead": PictureSize(
        LEAD, f"(min-width: 1101px) calc(min(88.9vw, 1280px) - 424px), {FULL_BLEED}"
    ),
    "cover": PictureSize(COVER, f"(min-width: 1101px) calc(min(88.9vw, 1280px) - 404px), {INSET}"),
    "wide": PictureSize(WIDE, f"(min-width: 1170px) 1040px, {FULL_BLEED}"),
    # Across the page: schools and topics; lower: routes and bases.
    "banner": PictureSize(WIDE, f"(min-width: 1440px) 1280px, {INSET}"),
    "low": PictureSize(WIDE, f"(min-width: 1440px) 1280px, {FULL_BLEED}"),
    # Within a page: a brand's gallery, in pairs or alone; pictures of the text itself.
    "half": PictureSize(WIDE, f"(min-width: 901px) calc(min(44.4vw, 640px) - 60px), {INSET}"),
    "whole": PictureSize(WIDE, f"(min-width: 901px) calc(min(88.9vw, 1280px) - 96px), {INSET}"),
    "text": PictureSize(TEXT, f"(min-width: 693px) 616px, {INSET}"),
}

# The sizes a card may choose from, all with the same operations; lists prefetch these.
CARD_SIZES = ("dated", "place", "stop")


def plain_format(image: AbstractImage) -> str:
    """Return the format of `image` that every browser reads."""
    return TRANSPARENT_FORMAT if image.file.name.lower().endswith(".png") else PLAIN_FORMAT


class SourceSet(NamedTuple):
    """A `source` element: the image in one modern format."""

    format: str
    srcset: str
    sizes: str


class PictureSource(NamedTuple):
    """What a `picture` element needs; width and height in pixels."""

    src: str
    source_sets: tuple[SourceSet, ...]
    width: int
    height: int


def picture_source(image: AbstractImage, size_name: str) -> PictureSource:
    """Return URLs and dimensions of `image` in a size; missing renditions are made.

    An image smaller than the size is not enlarged, so equal widths are named once.
    """
    # The head of a page names the image that its text shows: one look-up for both.
    sources = vars(image).setdefault("_picture_sources", {})
    if size_name not in sources:
        sources[size_name] = _find_source(image, SIZES[size_name])
    return sources[size_name]


def _find_source(image: AbstractImage, size: PictureSize) -> PictureSource:
    filters = size.filters_of(image)
    renditions = get_renditions(image, filters)
    if not renditions:
        # The original is lost. Its dimensions keep the space in which the alt text is shown.
        return PictureSource(f"{settings.MEDIA_URL}not-found", (), image.width, image.height)
    plain = renditions.get(filters[-1]) or next(iter(renditions.values()))
    source_sets = (_source_set(renditions, image_format, size) for image_format in MODERN_FORMATS)
    return PictureSource(plain.url, tuple(filter(None, source_sets)), plain.width, plain.height)


def _source_set(
    renditions: dict[str, AbstractRendition], image_format: str, size: PictureSize
) -> SourceSet | None:
    filters = (f"{operation}|format-{image_format}" for operation in size.operations)
    urls = {renditions[spec].width: renditions[spec].url for spec in filters if spec in renditions}
    if not urls:
        return None
    if len(urls) == 1:
        return SourceSet(image_format, next(iter(urls.values())), "")
    srcset = ", ".join(f"{url} {width}w" for width, url in sorted(urls.items()))
    return SourceSet(image_format, srcset, size.sizes)


def get_renditions(image: AbstractImage, filters: tuple[str, ...]) -> dict[str, AbstractRendition]:
    """Return renditions of `image` by filter; missing ones are made, if the original exists."""
    _drop_partial_prefetch(image, filters)
    try:
        return image.get_renditions(*filters)
    except SourceImageIOError:
        existing = image.find_existing_renditions(*map(Filter, filters))
        return {each.spec: rendition for each, rendition in existing.items()}


def _drop_partial_prefetch(image: AbstractImage, filters: tuple[str, ...]) -> None:
    # Wagtail takes what was prefetched for all there is and would make the others each time.
    prefetched = getattr(image, "prefetched_renditions", None)
    if prefetched is not None and not {row.filter_spec for row in prefetched}.issuperset(filters):
        del image.prefetched_renditions


def prefetch_renditions(field: str, *size_names: str) -> Prefetch:
    """Return the prefetch of the renditions, in these sizes, of the images in `field`.

    Wagtail's `prefetch_renditions` is for a query of images; this is for rows that have an image.
    `field` may lead through relations: "base__cover".
    """
    filters = {spec for name in size_names for spec in SIZES[name].filters}
    renditions = get_image_model().get_rendition_model().objects
    return Prefetch(
        f"{field}__renditions",
        queryset=renditions.filter(filter_spec__in=sorted(filters)),
        to_attr="prefetched_renditions",
    )


def with_renditions(rows: QuerySet, field: str, *size_names: str) -> QuerySet:
    """Join the images of `field` to `rows`; one more query reads their renditions."""
    return rows.select_related(field).prefetch_related(prefetch_renditions(field, *size_names))

"""Every size in which a picture is shown, named once, for the tag, for prefetching, for making.

Modern formats have every width; the one that every browser reads has one, since hardly anybody
asks for it any more. See docs/decisions/0027-three-formats-of-a-picture.md.
"""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError

# The best first: a browser takes the first one it knows.
MODERN = ("avif", "webp")
# What stands in `src`: PNG keeps what is see-through.
PLAIN, SEE_THROUGH = "jpeg", "png"


class Size(NamedTuple):
    """Wagtail's operations from small to large, and how wide the picture is on the page."""

    shapes: tuple[str, ...]
    sizes: str

    @property
    def plain(self) -> str:
        """The shape that is made in a format for every browser."""
        return self.shapes[1]

    @property
    def modern_filters(self) -> tuple[str, ...]:
        """The filters in which every picture is shown in this size."""
        return tuple(f"{shape}|format-{kind}" for kind in MODERN for shape in self.shapes)

    @property
    def filters(self) -> tuple[str, ...]:
        """The filters in which any picture may be shown in this size."""
        plain = (f"{self.plain}|format-{kind}" for kind in (PLAIN, SEE_THROUGH))
        return (*self.modern_filters, *plain)

    def filters_of(self, image) -> tuple[str, ...]:
        """The filters in which `image` is shown in this size, the plain one last."""
        return (*self.modern_filters, f"{self.plain}|format-{plain_format(image)}")


# A phone is 390 wide and has one, two or three dots to a pixel: 400, 800, 1200.
CARD = ("fill-216x135", "fill-400x250", "fill-800x500")
COVER = ("fill-400x250", "fill-800x500", "fill-1200x750", "fill-1600x1000")
LEAD = ("fill-400x225", "fill-800x450", "fill-1200x675", "fill-1600x900")
WIDE = ("max-400x600", "max-800x1200", "max-1200x1800", "max-1600x2000")
TEXT = ("max-400x600", "max-800x1200", "max-1200x1800")

# The edge takes 5.55vw on each side (static/css/tokens.css).
INSET = "88.9vw"
BLEED = "(min-width: 901px) 88.9vw, 100vw"

SIZES = {
    "dated": Size(CARD, "(min-width: 768px) 176px, 104px"),
    "place": Size(CARD, "(min-width: 901px) 376px, 112px"),
    "stop": Size(CARD, "(min-width: 901px) 216px, calc(88.9vw - 62px)"),
    "aside": Size(COVER[:3], f"(min-width: 1101px) 376px, {INSET}"),
    "lead": Size(LEAD, f"(min-width: 1101px) calc(min(88.9vw, 1280px) - 424px), {BLEED}"),
    "cover": Size(COVER, f"(min-width: 1101px) calc(min(88.9vw, 1280px) - 404px), {INSET}"),
    "wide": Size(WIDE, f"(min-width: 1170px) 1040px, {BLEED}"),
    "banner": Size(WIDE, f"(min-width: 1440px) 1280px, {INSET}"),
    "low": Size(WIDE, f"(min-width: 1440px) 1280px, {BLEED}"),
    "half": Size(WIDE, f"(min-width: 901px) calc(min(44.4vw, 640px) - 60px), {INSET}"),
    "whole": Size(WIDE, f"(min-width: 901px) calc(min(88.9vw, 1280px) - 96px), {INSET}"),
    "text": Size(TEXT, f"(min-width: 693px) 616px, {INSET}"),
}

# The sizes a card may choose from, all of the same shapes; lists read these ahead.
CARD_SIZES = ("dated", "place", "stop")


def plain_format(image) -> str:
    """The format of `image` that every browser reads."""
    return SEE_THROUGH if image.file.name.lower().endswith(".png") else PLAIN


class SourceSet(NamedTuple):
    """A `source`: the picture in one modern format."""

    kind: str
    srcset: str
    sizes: str


class Source(NamedTuple):
    """What a `picture` needs."""

    src: str
    sets: tuple[SourceSet, ...]
    width: int
    height: int


def source_sets_of(image, name: str) -> Source:
    """Addresses and measures of `image` in the size `name`; missing renditions are made.

    A picture smaller than asked for is not blown up, so equal widths are named once.
    """
    # The head of a page names the picture that its text shows: it is looked up once.
    known = vars(image).setdefault("_sources", {})
    if name not in known:
        known[name] = _find_source(image, SIZES[name])
    return known[name]


def _find_source(image, size: Size) -> Source:
    filters = size.filters_of(image)
    made = existing_renditions(image, filters)
    if not made:
        # The original is lost. Its measures keep the place, where its text is shown.
        return Source(f"{settings.MEDIA_URL}not-found", (), image.width, image.height)
    plain = made.get(filters[-1]) or next(iter(made.values()))
    sets = (_source_set(made, kind, size) for kind in MODERN)
    return Source(plain.url, tuple(filter(None, sets)), plain.width, plain.height)


def _source_set(made: dict, kind: str, size: Size) -> SourceSet | None:
    filters = (f"{shape}|format-{kind}" for shape in size.shapes)
    by_width = {made[spec].width: made[spec].url for spec in filters if spec in made}
    if len(by_width) < 2:
        return SourceSet(kind, *by_width.values(), "") if by_width else None
    srcset = ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))
    return SourceSet(kind, srcset, size.sizes)


def existing_renditions(image, filters: tuple[str, ...]) -> dict:
    """Filter → rendition of `image`; missing ones are made, or left out if the original is lost."""
    _forget_partial_prefetch(image, filters)
    try:
        return image.get_renditions(*filters)
    except SourceImageIOError:
        found = image.find_existing_renditions(*map(Filter, filters))
        return {known.spec: rendition for known, rendition in found.items()}


def _forget_partial_prefetch(image, filters: tuple[str, ...]) -> None:
    # Wagtail takes what was prefetched for all there is and would make the others at each request.
    prefetched = getattr(image, "prefetched_renditions", None)
    if prefetched is not None and not {made.filter_spec for made in prefetched}.issuperset(filters):
        del image.prefetched_renditions


def prefetch_renditions(field: str, *names: str) -> Prefetch:
    """The prefetch of the renditions, in the sizes `names`, of the pictures in `field`.

    What Wagtail's `prefetch_renditions` does for a query of pictures, done for a query of
    something that has a picture. `field` may lead through relations: "base__cover".
    """
    filters = {spec for name in names for spec in SIZES[name].filters}
    renditions = get_image_model().get_rendition_model().objects
    return Prefetch(
        f"{field}__renditions",
        queryset=renditions.filter(filter_spec__in=sorted(filters)),
        to_attr="prefetched_renditions",
    )


def with_renditions(rows: QuerySet, field: str, *names: str) -> QuerySet:
    """Join the pictures of `field` to `rows`; one more query reads their renditions."""
    return rows.select_related(field).prefetch_related(prefetch_renditions(field, *names))

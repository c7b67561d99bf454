"""Every size in which a picture is shown, named once, for the tag and for prefetching."""

from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_renditions_or_not_found


class Size(NamedTuple):
    """Wagtail's filters from small to large, and how wide the picture is on the page."""

    filters: tuple[str, ...]
    sizes: str


SIZES = {
    "thumb": Size(("fill-216x144|format-webp", "fill-432x288|format-webp"), "216px"),
    "card": Size(
        ("fill-400x250|format-webp", "fill-800x500|format-webp"),
        "(min-width: 900px) 376px, 100vw",
    ),
    "lead": Size(
        ("fill-800x450|format-webp", "fill-1600x900|format-webp"),
        "(min-width: 1100px) 856px, 100vw",
    ),
    "cover": Size(
        ("fill-800x500|format-webp", "fill-1600x1000|format-webp"),
        "(min-width: 1100px) 876px, 100vw",
    ),
    "wide": Size(
        ("max-800x1200|format-webp", "max-1600x2000|format-webp"),
        "(min-width: 1100px) 1040px, 100vw",
    ),
    "text": Size(
        ("max-700x900|format-webp", "max-1400x1800|format-webp"),
        "(min-width: 900px) 616px, 100vw",
    ),
}


# The sizes a card may choose from; lists read these ahead.
CARD_SIZES = ("thumb", "card")


class Source(NamedTuple):
    """The attributes of an `img`."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int


def source_of(image, name: str) -> Source:
    """Addresses and measures of `image` in the size `name`; missing renditions are made.

    A picture smaller than asked for is not blown up, so equal widths are named once.
    """
    # The head of a page names the picture that its text shows: it is looked up once.
    known = vars(image).setdefault("_sources", {})
    if name not in known:
        known[name] = _find_source(image, SIZES[name])
    return known[name]


def _find_source(image, size: Size) -> Source:
    _forget_partial_prefetch(image, size.filters)
    renditions = list(get_renditions_or_not_found(image, size.filters).values())
    by_width = {rendition.width: rendition for rendition in renditions}
    first = renditions[0]
    srcset = ", ".join(f"{made.url} {width}w" for width, made in sorted(by_width.items()))
    return Source(
        first.url,
        srcset if len(by_width) > 1 else "",
        size.sizes if len(by_width) > 1 else "",
        first.width,
        first.height,
    )


def _forget_partial_prefetch(image, filters: tuple[str, ...]) -> None:
    # Wagtail takes what was prefetched for all there is and would make the others at each request.
    known = {made.filter_spec for made in getattr(image, "prefetched_renditions", [])}
    if known and not known.issuperset(filters):
        del image.prefetched_renditions


def renditions_of(field: str, *names: str) -> Prefetch:
    """The prefetch of the renditions, in the sizes `names`, of the pictures in `field`.

    What Wagtail's `prefetch_renditions` does for a query of pictures, done for a query of
    something that has a picture. `field` may lead through relations: "base__cover".
    """
    filters = [spec for name in names for spec in SIZES[name].filters]
    renditions = get_image_model().get_rendition_model().objects
    return Prefetch(
        f"{field}__renditions",
        queryset=renditions.filter(filter_spec__in=filters),
        to_attr="prefetched_renditions",
    )


def with_pictures(rows: QuerySet, field: str, *names: str) -> QuerySet:
    """Join the pictures of `field` to `rows`; one more query reads their renditions."""
    return rows.select_related(field).prefetch_related(renditions_of(field, *names))

"""What a page says about itself to machines: search engines, inspectors of public sites, shares.

`core.sharing.page_metadata` and `core.sharing.json_ld` make tags of it; a page type overrides
what it knows better.
"""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from core.media.models import Image


class Facet(NamedTuple):
    """A property of a page that lists and filters show."""

    name: str
    label: str
    value: str


class PageMetadataMixin:
    """Defaults for every page type."""

    # Of the page.
    title: str
    # The field with the picture of the card, if it shows one.
    card_picture = ""
    # "column": it lists pages; "article": it has a source and a day; "": neither.
    meta_kind = ""
    # Its type in the vocabulary of schema.org, where there is a fitting one.
    schema_type = ""
    # What kind of column it is, in the terms of those who inspect public sites.
    column_type: str | Promise = pgettext_lazy("kind of column", "special topic")

    def facets(self) -> list[Facet]:
        """Return what lists and filters show of this page, in the order of reading."""
        return []

    @property
    def card_image(self) -> "Image | None":
        """The picture of the card, or None."""
        return getattr(self, self.card_picture) if self.card_picture else None

    @property
    def shared_image(self) -> "Image | None":
        """The picture that goes with a shared link, or None."""
        return self.card_image

    @property
    def share_text(self) -> tuple[str, str]:
        """Title and publisher on the picture of a shared link; the publisher may be empty."""
        return self.title, ""

    @property
    def feed_address(self) -> str:
        """The address of the feed of what this page lists, in the active language, or ""."""
        return ""

    @property
    def source_text(self) -> str:
        """Who published it first."""
        return ""

    @property
    def author_text(self) -> str:
        """Who wrote it, as readers are told."""
        return ""

    @property
    def keywords(self) -> list[str]:
        """Keywords, the most specific first."""
        return list(dict.fromkeys(str(facet.value) for facet in self.facets() if facet.value))

"""What a page says about itself to machines: search engines, checkers of public sites, shares.

`core.sharing.page_metadata` and `core.sharing.json_ld` make tags of it; a page type overrides
what it knows better.
"""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class PageMetadataMixin:
    """Defaults for every page type."""

    # "column": it lists; "article": it has a source and a day; "": neither.
    meta_kind = ""
    # Its type in the vocabulary of schema.org, where it is worth saying.
    linked_type = ""
    # What kind of column it is, in the words of those who inspect public sites.
    column_type: str | Promise = pgettext_lazy("kind of column", "special topic")

    @property
    def shared_image(self):
        """The picture that goes with a shared link, or None."""
        return self.card_image

    @property
    def share_words(self) -> tuple[str, str]:
        """Title and publisher as they stand on the picture of a shared link; no publisher: ""."""
        return self.title, ""

    @property
    def feed_address(self) -> str:
        """Where the feed of what this page lists is found, in the active language; "": none."""
        return ""

    @property
    def source_text(self) -> str:
        """Who published it first."""
        return ""

    @property
    def author_text(self) -> str:
        """Who wrote it, as a reader is told."""
        return ""

    @property
    def keywords(self) -> list[str]:
        """A few words that say what it is about, the most telling first."""
        return list(dict.fromkeys(str(facet.value) for facet in self.facets() if facet.value))

"""The frame around every page: the district's home, its index pages, its standing pages."""

from datetime import datetime
from functools import cached_property

from django.utils import translation
from wagtail.models import Page, Site

from core.models import IndexPage


class SiteContext:
    """What masthead, navigation and footer show, in the language of the request.

    Read in two queries, and only when something asks for it. Everything is empty when no site
    answers at this host.
    """

    def __init__(self, site: Site | None, language: str):
        self.site, self.language = site, language

    @cached_property
    def root(self) -> Page | None:
        """The home page of the default language (specific), where the site starts.

        What is the same in every language (codes, numbers) is read from it.
        """
        if not self.site:
            return None
        start = self.site.root_page
        homes = (home for home in self._homes.values() if home.pk == start.pk)
        return next(homes, None) or start.specific

    @cached_property
    def home(self) -> Page | None:
        """The home page in this language (specific), or the root where there is none."""
        return self._homes.get(self.language) or self.root

    @cached_property
    def _homes(self) -> dict[str, Page]:
        """Language → its live home page, all in one query."""
        if not self.site:
            return {}
        start = self.site.root_page
        homes = start.specific_class.objects.live().filter(translation_key=start.translation_key)
        return {home.locale.language_code: home for home in homes.select_related("locale")}

    @cached_property
    def _children(self) -> list[Page]:
        return list(self.home.get_children().live()) if self.home else []

    @cached_property
    def sections(self) -> list[Page]:
        """The index pages, in the order of the tree."""
        return [page for page in self._children if issubclass(page.specific_class, IndexPage)]

    @cached_property
    def standing(self) -> list[Page]:
        """The other pages below the home page: about, accessibility, privacy."""
        return [page for page in self._children if not issubclass(page.specific_class, IndexPage)]

    @cached_property
    def index(self) -> dict[str, Page]:
        """App label → its index page: `frame.index.brands`."""
        return {page.specific_class._meta.app_label: page for page in self.sections}

    @property
    def initials(self) -> str:
        """The two characters of the masthead's seal: those with which the site's name begins."""
        return self.root.title[:2] if self.root else ""

    def updated_at(self, *shown: Page) -> datetime | None:
        """When the newest of the frame's own pages, and of those shown, last became public."""
        pages = [self.home, *self._children, *shown]
        times = [page.last_published_at for page in pages if page and page.last_published_at]
        return max(times, default=None)


def get_site_context(request) -> SiteContext:
    """The frame of this request, made once."""
    if not hasattr(request, "_frame"):
        request._frame = SiteContext(Site.find_for_request(request), translation.get_language())
    return request._frame

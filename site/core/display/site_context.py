"""The site around every page: the district's home page, its index pages, its standing pages."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site

from core.models import IndexPage


class SiteContext:
    """What masthead, navigation and footer show, in the language of the request.

    It takes two queries, when something is read from it. Everything is empty where no site has
    this host.
    """

    def __init__(self, site: Site | None, language: str):
        # `site`, `root` and `home` are Any: whoever has no site returns early, once for all.
        self.site: Any = site
        self.language = language

    @cached_property
    def root(self) -> Any:
        """The home page of the default language (specific), where the site starts; or None.

        What is the same in every language (codes, numbers) is read from it.
        """
        if not self.site:
            return None
        root_page = self.site.root_page
        homes = (home for home in self._homes.values() if home.pk == root_page.pk)
        return next(homes, None) or root_page.specific

    @cached_property
    def home(self) -> Any:
        """The home page in this language (specific), else the root; None without a site."""
        return self._homes.get(self.language) or self.root

    @cached_property
    def _homes(self) -> dict[str, Page]:
        """Language → its live home page, all in one query."""
        if not self.site:
            return {}
        root_page = self.site.root_page
        homes = root_page.specific_class.objects.live().filter(
            translation_key=root_page.translation_key
        )
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
        """App label → its index page: `site_context.index.brands`."""
        return {page.specific_class._meta.app_label: page for page in self.sections}

    @property
    def initials(self) -> str:
        """The characters of the masthead's seal: the first two of the site's name."""
        return self.root.title[:2] if self.root else ""

    def updated_at(self, *pages: Page) -> datetime | None:
        """Return when the newest of `pages` and of the site's own pages was last published."""
        shown = [self.home, *self._children, *pages]
        times = [page.last_published_at for page in shown if page and page.last_published_at]
        return max(times, default=None)


def get_site_context(request: HttpRequest) -> SiteContext:
    """Return the site context of this request, made once."""
    attributes = vars(request)
    if "_site_context" not in attributes:
        site = Site.find_for_request(request)
        attributes["_site_context"] = SiteContext(site, translation.get_language())
    return attributes["_site_context"]

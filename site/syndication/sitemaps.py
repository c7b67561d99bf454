"""`sitemap.xml`: an index of sections, so that no request reads the whole site."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap, views
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from core.display.languages import language_tag
from core.reachability import reachable

# The columns that URLs and dates need.
COLUMNS = ("path", "url_path", "locale", "translation_key", "last_published_at")


class PageSitemap(Sitemap):
    """The pages that readers can reach, in every language of the site, with their translations.

    Wagtail's own sitemap reads every page in full, of the default language alone, and all of them
    for the newest date.
    """

    limit = 2000

    def items(self) -> PageQuerySet:
        """Return the pages in the order of the tree, with only the columns that are shown."""
        return self._pages.all()

    @cached_property
    def _pages(self) -> PageQuerySet:
        root = self.get_wagtail_site().root_page
        branches = Q()
        for path in root.get_translations(inclusive=True).values_list("path", flat=True):
            branches |= Q(path__startswith=path)
        return reachable(Page.objects.filter(branches)).order_by("path").only(*COLUMNS)

    def get_latest_lastmod(self) -> datetime | None:
        """Return the newest date, for the index, by one query."""
        return self.items().aggregate(newest=Max("last_published_at"))["newest"]

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        pages = list(self.paginator.page(page).object_list)
        alternates = self._alternates(pages)
        return [
            {
                "location": each.get_full_url(self.request),
                "lastmod": each.last_published_at,
                "alternates": alternates.get(each.translation_key, []),
            }
            for each in pages
        ]

    def _alternates(self, pages: list[Page]) -> dict[UUID, list[dict[str, str]]]:
        """Return translation key → the URL in each language, for pages with translations."""
        tags = {locale.pk: language_tag(locale.language_code) for locale in Locale.objects.all()}
        keys = [page.translation_key for page in pages]
        counts = self.items().filter(translation_key__in=keys).order_by()
        counts = counts.values_list("translation_key").annotate(count=Count("pk"))
        translated = [key for key, _count in counts.filter(count__gt=1)]
        alternates = defaultdict(list)
        for page in self.items().filter(translation_key__in=translated):
            alternates[page.translation_key].append(
                {"lang_code": tags[page.locale_id], "location": page.get_full_url(self.request)}
            )
        return alternates


SECTIONS = {"pages": PageSitemap}


def index(request: HttpRequest) -> HttpResponse:
    """List the sections of the sitemap, each with its newest date.

    Raises:
        Http404: the host has no site.
    """
    site = _get_site(request)
    response = views.index(request, SECTIONS, sitemap_url_name="sitemap_part")
    for item in response.context_data["sitemaps"]:
        # With the site's own host name, whatever host was requested, as the pages have it.
        item.location = site.root_url + item.location[item.location.index("/sitemap-") :]
    return response


def section(request: HttpRequest, section: str) -> HttpResponse:
    """Show a section; `?p=` is its page.

    Raises:
        Http404: the host has no site, or there is no such section or page.
    """
    _get_site(request)
    return views.sitemap(request, SECTIONS, section=section)


def _get_site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site

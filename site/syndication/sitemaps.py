"""`sitemap.xml`: an index of parts, so that no request reads the whole site."""

from collections import defaultdict

from django.db.models import Count, Max, Q
from django.http import Http404
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap, views
from wagtail.models import Locale, Page, Site

from core.display.languages import language_tag
from core.reachability import reachable

# What an address and its day are made of.
COLUMNS = ("path", "url_path", "locale", "translation_key", "last_published_at")


class PageSitemap(Sitemap):
    """What readers can reach in every language of the site, with its translations.

    Wagtail's own reads every page in full, of the default language alone, and asks all of them
    for the newest day.
    """

    limit = 2000

    def items(self):
        """Pages in the order of the tree; only the columns that are shown."""
        return self._pages.all()

    @cached_property
    def _pages(self):
        root = self.get_wagtail_site().root_page
        branches = Q()
        for path in root.get_translations(inclusive=True).values_list("path", flat=True):
            branches |= Q(path__startswith=path)
        return reachable(Page.objects.filter(branches)).order_by("path").only(*COLUMNS)

    def get_latest_lastmod(self):
        """The newest day, for the index: one query."""
        return self.items().aggregate(newest=Max("last_published_at"))["newest"]

    def _urls(self, page, protocol, domain):
        pages = list(self.paginator.page(page).object_list)
        others = self._translations(pages)
        return [
            {
                "location": each.get_full_url(self.request),
                "lastmod": each.last_published_at,
                "alternates": others.get(each.translation_key, []),
            }
            for each in pages
        ]

    def _translations(self, pages) -> dict:
        """Translation key → what stands there in each language, of pages that have several."""
        tags = {locale.pk: language_tag(locale.language_code) for locale in Locale.objects.all()}
        same = self.items().filter(translation_key__in=[page.translation_key for page in pages])
        keys = same.order_by().values_list("translation_key").annotate(count=Count("pk"))
        several = [key for key, _count in keys.filter(count__gt=1)]
        found = defaultdict(list)
        for other in self.items().filter(translation_key__in=several):
            address = other.get_full_url(self.request)
            found[other.translation_key].append(
                {"lang_code": tags[other.locale_id], "location": address}
            )
        return found


PARTS = {"pages": PageSitemap}


def index(request):
    """The parts of the sitemap, each with the newest day. Http404 where no site answers."""
    site = _site_of(request)
    response = views.index(request, PARTS, sitemap_url_name="sitemap_part")
    for item in response.context_data["sitemaps"]:
        # As the site calls itself, whatever host was asked; so do the pages in the parts.
        item.location = site.root_url + item.location[item.location.index("/sitemap-") :]
    return response


def part(request, section):
    """One part; `?p=` is the page of it. Http404 if there is none."""
    _site_of(request)
    return views.sitemap(request, PARTS, section=section)


def _site_of(request) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site

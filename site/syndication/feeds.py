"""Atom feeds: the newest of the whole site, of one kind, or of one school."""

import re
import uuid
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.display.site_context import get_site_context
from core.reachability import hidden_branches, reachable
from schools.models import SchoolPage

NEWEST = 30
# What XML has no place for, however it is written.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Channel(NamedTuple):
    """One feed: what it is called, the page it belongs to, and where its entries come from."""

    request: object
    home: Page
    page: Page
    title: str
    # Rows of `FEEDS`.
    sources: list
    # What all entries lie below.
    branch: Page


class Entry(NamedTuple):
    """A page, and what of it the request must tell."""

    page: Page
    link: str
    guid: str


class Atom(Atom1Feed):
    """An Atom feed that says the same while nothing changes, also when it is empty."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else self.feed["since"]


class DistrictFeed(Feed):
    """The newest of everything in the district, in the language of the request."""

    feed_type = Atom

    def __call__(self, request, *args, **kwargs):
        response = super().__call__(request, *args, **kwargs)
        # What is withdrawn leaves the others' days as they are: only the ETag tells that it went.
        del response["Last-Modified"]
        return response

    def get_object(self, request):
        """The channel of this address. Http404 if there is none."""
        home = home_of(request)
        sources = [source for source in settings.FEEDS.values() if not source[2]]
        return Channel(request, home, home, home.title, sources, home)

    def title(self, channel):
        return plain(channel.title)

    def link(self, channel):
        return channel.page.get_full_url(channel.request)

    def feed_url(self, channel):
        # As the site calls itself, whatever host was asked.
        return get_site_context(channel.request).site.root_url + channel.request.path

    def feed_guid(self, channel):
        return guid_of(channel.home, channel.request.path)

    def author_name(self, channel):
        return plain(channel.home.title)

    def feed_extra_kwargs(self, channel):
        return {"since": channel.home.first_published_at}

    def items(self, channel):
        return [
            Entry(page, page.get_full_url(channel.request), guid_of(page, get_language()))
            for page in newest(channel)
        ]

    def item_title(self, entry):
        return plain(entry.page.title)

    def item_description(self, entry):
        # Atom is told that this is HTML.
        return escape(plain(entry.page.summary_text))

    def item_link(self, entry):
        return entry.link

    def item_guid(self, entry):
        return entry.guid

    def item_author_name(self, entry):
        return plain(entry.page.publisher)

    def item_pubdate(self, entry):
        return entry.page.first_published_at

    def item_updateddate(self, entry):
        return entry.page.last_published_at


class KindFeed(DistrictFeed):
    """The newest of one kind, by its name in `FEEDS`."""

    def get_object(self, request, kind):
        channel = super().get_object(request)
        source = settings.FEEDS.get(kind)
        if source is None:
            raise Http404
        label, name, _conditions = source
        index = get_site_context(request).index.get(apps.get_model(name)._meta.app_label)
        return channel._replace(
            page=index or channel.home,
            title=f"{label} · {channel.home.title}",
            sources=[source],
        )


class SchoolFeed(DistrictFeed):
    """The newest of one school, by the last part of its address."""

    def get_object(self, request, slug):
        channel = super().get_object(request)
        schools = SchoolPage.objects.descendant_of(channel.home).filter(slug=slug)
        school = reachable(schools).first()
        if school is None:
            raise Http404
        title = f"{school.title} · {channel.home.title}"
        return channel._replace(page=school, title=title, branch=school)


def home_of(request) -> Page:
    """The public home page in the language of the request. Http404 if there is none."""
    home = get_site_context(request).home
    if home is None or not home.live or home.locale.language_code != get_language():
        raise Http404
    return home


def newest(channel: Channel) -> list[Page]:
    """The newest entries of a channel: as many queries for three as for thirty."""
    dead, found = hidden_branches(), []
    for _label, name, conditions in channel.sources:
        pages = apps.get_model(name).listed().descendant_of(channel.branch).filter(**conditions)
        # A feed shows no pictures and no rows of a page.
        pages = reachable(pages.exclude(first_published_at=None), dead).prefetch_related(None)
        found += pages.order_by("-first_published_at", "-pk")[:NEWEST]
    return sorted(found, key=lambda page: (page.first_published_at, page.pk), reverse=True)[:NEWEST]


def guid_of(page: Page, part: str) -> str:
    """A name for good of `page`, or of one `part` (a language) of what it says in several.

    Translations share a key but are entries of their own; hosts and addresses may change.
    """
    return uuid.uuid5(page.translation_key, part).urn


def plain(text) -> str:
    """A text without the control characters that come along when people paste."""
    return NOT_IN_XML.sub("", str(text))


whole, of_kind, of_school = (require_safe(feed()) for feed in (DistrictFeed, KindFeed, SchoolFeed))

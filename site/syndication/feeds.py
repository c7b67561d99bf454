"""Atom feeds: the newest of the whole site, of one kind, or of one school."""

import re
import uuid
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from core.display.site_context import get_site_context
from core.models import BasePage
from core.reachability import hidden_branches, reachable
from schools.models import SchoolPage

MAX_ENTRIES = 30
# Characters that XML cannot hold, however they are written.
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A row of `FEEDS`: title, page type, conditions.
FeedSource = tuple[str | Promise, str, dict[str, Any]]


class Channel(NamedTuple):
    """A feed: its title, the page it belongs to, and the source of its entries."""

    request: HttpRequest
    home: Page
    page: Page
    title: str
    sources: list[FeedSource]
    # All entries are descendants of this page.
    branch: Page


class Entry(NamedTuple):
    """A page with the values that depend on the request."""

    page: BasePage
    link: str
    guid: str


class StableAtomFeed(Atom1Feed):
    """An Atom feed with the same content while nothing changes, also when it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["since"]


class DistrictFeed(Feed):
    """The newest content of the district, in the language of the request."""

    feed_type = StableAtomFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        # A withdrawal leaves the dates of the other entries as they are: only the ETag changes.
        del response["Last-Modified"]
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        """Return the channel of this URL.

        Raises:
            Http404: there is none.
        """
        home = get_public_home(request)
        sources = [source for source in settings.FEEDS.values() if not source[2]]
        return Channel(request, home, home, home.title, sources, home)

    def title(self, channel: Channel) -> str:
        return to_xml_text(channel.title)

    def link(self, channel: Channel) -> str:
        return channel.page.get_full_url(channel.request)

    def feed_url(self, channel: Channel) -> str:
        # With the site's own host name, whatever host was requested.
        return Site.find_for_request(channel.request).root_url + channel.request.path

    def feed_guid(self, channel: Channel) -> str:
        return build_guid(channel.home, channel.request.path)

    def author_name(self, channel: Channel) -> str:
        return to_xml_text(channel.home.title)

    def feed_extra_kwargs(self, channel: Channel) -> dict[str, Any]:
        return {"since": channel.home.first_published_at}

    def items(self, channel: Channel) -> list[Entry]:
        language = get_language()
        return [
            Entry(page, page.get_full_url(channel.request), build_guid(page, language))
            for page in newest_pages(channel)
        ]

    def item_title(self, entry: Entry) -> str:
        return to_xml_text(entry.page.title)

    def item_description(self, entry: Entry) -> str:
        # Django declares it as HTML.
        return escape(to_xml_text(entry.page.summary_text))

    def item_link(self, entry: Entry) -> str:
        return entry.link

    def item_guid(self, entry: Entry) -> str:
        return entry.guid

    def item_author_name(self, entry: Entry) -> str:
        return to_xml_text(entry.page.publisher)

    def item_pubdate(self, entry: Entry) -> datetime:
        return entry.page.first_published_at

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.page.last_published_at


class KindFeed(DistrictFeed):
    """The newest content of one kind, by its name in `FEEDS`."""

    def get_object(self, request: HttpRequest, *args: Any, kind: str, **kwargs: Any) -> Channel:
        channel = super().get_object(request)
        source = settings.FEEDS.get(kind)
        if source is None:
            raise Http404
        label, type_name, _conditions = source
        index = get_site_context(request).index.get(apps.get_model(type_name)._meta.app_label)
        return channel._replace(
            page=index or channel.home,
            title=f"{label} · {channel.home.title}",
            sources=[source],
        )


class SchoolFeed(DistrictFeed):
    """The newest content of one school, by its slug."""

    def get_object(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> Channel:
        channel = super().get_object(request)
        schools = SchoolPage.objects.descendant_of(channel.home).filter(slug=slug)
        school = reachable(schools).first()
        if school is None:
            raise Http404
        title = f"{school.title} · {channel.home.title}"
        return channel._replace(page=school, title=title, branch=school)


def get_public_home(request: HttpRequest) -> Page:
    """Return the public home page in the language of the request.

    Raises:
        Http404: there is none.
    """
    home = get_site_context(request).home
    if home is None or not home.live or home.locale.language_code != get_language():
        raise Http404
    return home


def newest_pages(channel: Channel) -> list[BasePage]:
    """Return the newest pages of a channel; the number of queries does not depend on theirs."""
    hidden, pages = hidden_branches(), []
    for _label, type_name, conditions in channel.sources:
        listed = apps.get_model(type_name).listed().descendant_of(channel.branch)
        listed = listed.filter(**conditions).exclude(first_published_at=None)
        # A feed shows neither pictures nor rows of a page.
        listed = reachable(listed, hidden).prefetch_related(None)
        pages += listed.order_by("-first_published_at", "-pk")[:MAX_ENTRIES]
    pages.sort(key=lambda page: (page.first_published_at, page.pk), reverse=True)
    return pages[:MAX_ENTRIES]


def build_guid(page: Page, part: str | None) -> str:
    """Return a permanent name of one `part` (a language, a path) of what `page` publishes.

    Translations share a key but are entries of their own; hosts and paths may change.
    """
    return uuid.uuid5(page.translation_key, str(part)).urn


def to_xml_text(text: object) -> str:
    """Return a text without the control characters that are pasted along with it."""
    return NOT_IN_XML.sub("", str(text))


site_feed = require_safe(DistrictFeed())
kind_feed = require_safe(KindFeed())
school_feed = require_safe(SchoolFeed())

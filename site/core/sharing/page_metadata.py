"""The meta tags of a page: for inspectors of public sites, for search engines, for shares.

The names are those of the state's guide to public sites; HTML does not tell `Description` and
`description` apart, so each is written once.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin

from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.text import Truncator

from core.display.site_context import SiteContext
from core.media.rendition_sizes import picture_source
from core.models import BasePage

# Name and content.
Tag = tuple[str, str]
# Language → its name in Open Graph.
LOCALES = {"zh-hans": "zh_CN", "en": "en_GB"}
MAX_DESCRIPTION_LENGTH = 200


def site_tags(site_context: SiteContext) -> list[Tag]:
    """Return the tags of the site, which every page has."""
    if not site_context.home:
        return []
    return _without_empty(
        ("SiteName", site_context.home.title),
        ("SiteDomain", site_context.site.hostname),
        ("SiteIDCode", getattr(site_context.root, "site_code", "")),
    )


def page_tags(page: BasePage, url: str = "", image_url: str = "") -> list[Tag]:
    """Return the tags of a page: as a column, as an article, or its description alone."""
    if page.meta_kind == "column":
        return _without_empty(*_column_tags(page))
    if page.meta_kind == "article":
        return _without_empty(*_article_tags(page, url, image_url))
    return _without_empty(("description", _description(page)))


def social_tags(page: BasePage, site_context: SiteContext, url: str) -> list[Tag]:
    """Return the tags of Open Graph, except those of the share card (core.sharing.cards)."""
    return _without_empty(
        ("og:title", page.seo_title or page.title),
        ("og:type", "article" if page.meta_kind == "article" else "website"),
        ("og:url", url),
        ("og:site_name", site_context.home.title),
        ("og:locale", LOCALES.get(site_context.language, "")),
        ("og:description", _description(page)),
    )


def canonical_url(page: BasePage, request: HttpRequest, context: Context | dict[str, Any]) -> str:
    """Return the canonical URL of what is shown, without what a reader or a link has added.

    A listing keeps its filters (`query` in the template context) and its page number
    (`page_obj`), since they change its content; nothing else in the query string does.
    """
    url = page.get_full_url(request) or ""
    rows = context.get("page_obj")
    page_number = urlencode({"page": rows.number}) if rows and rows.number > 1 else ""
    query = "&".join(part for part in (context.get("query", ""), page_number) if part)
    return f"{url}?{query}" if url and query else url


def image_url(page: BasePage, site_context: SiteContext) -> str:
    """Return the absolute URL of the page's image, in a size that the page shows; or ""."""
    image = page.shared_image
    if not image:
        return ""
    size_name = next(iter(page.picture_sizes.values()))[0]
    return urljoin(site_context.site.root_url, picture_source(image, size_name).src)


def _column_tags(page: BasePage) -> Iterator[Tag]:
    yield "description", _description(page)
    yield "ColumnName", page.title
    yield "ColumnDescription", _description(page) or page.title
    yield "ColumnKeywords", ",".join(page.keywords)
    yield "ColumnType", str(page.column_type)


def _article_tags(page: BasePage, url: str, image_url: str) -> Iterator[Tag]:
    yield "ArticleTitle", page.title
    if page.first_published_at:
        yield "PubDate", f"{timezone.localtime(page.first_published_at):%Y-%m-%d %H:%M}"
    yield "ContentSource", page.source_text
    yield "Keywords", ",".join(page.keywords)
    yield "Author", page.author_text
    yield "Description", _description(page)
    yield "Image", image_url
    yield "Url", url


def _description(page: BasePage) -> str:
    return Truncator(" ".join(page.summary_text.split())).chars(MAX_DESCRIPTION_LENGTH)


def _without_empty(*tags: Tag) -> list[Tag]:
    return [(name, content) for name, content in tags if content]

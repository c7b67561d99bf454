"""The tags in the head of a page: for those who inspect public sites, for searches, for shares.

The names are those of the state's guide to public sites; HTML does not tell `Description` and
`description` apart, so each is written once.
"""

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

from django.utils import timezone
from django.utils.text import Truncator

from core.display.site_context import SiteContext
from core.media.rendition_sizes import source_sets_of
from core.models import BasePage

Tag = tuple[str, str]
# Language → how Open Graph names it.
LOCALES = {"zh-hans": "zh_CN", "en": "en_GB"}
DESCRIPTION = 200


def site_tags(frame: SiteContext) -> list[Tag]:
    """What every page says of the site it belongs to."""
    if not frame.home:
        return []
    return _filled(
        ("SiteName", frame.home.title),
        ("SiteDomain", frame.site.hostname),
        ("SiteIDCode", getattr(frame.root, "site_code", "")),
    )


def page_tags(page: BasePage, address: str = "", image: str = "") -> list[Tag]:
    """What a page says of itself: as a column, as an article, or only in short."""
    if page.meta_kind == "column":
        return _filled(*_column(page))
    if page.meta_kind == "article":
        return _filled(*_article(page, address, image))
    return _filled(("description", _description(page)))


def social_tags(page: BasePage, frame: SiteContext, address: str) -> list[Tag]:
    """What a shared link says (Open Graph); its picture is core.sharing.cards'."""
    return _filled(
        ("og:title", page.seo_title or page.title),
        ("og:type", "article" if page.meta_kind == "article" else "website"),
        ("og:url", address),
        ("og:site_name", frame.home.title),
        ("og:locale", LOCALES.get(frame.language, "")),
        ("og:description", _description(page)),
    )


def canonical_of(page: BasePage, request, listing: dict) -> str:
    """The one address of what is shown, without what a reader or a link has added to it.

    A listing keeps what it was narrowed by (`query`) and its page (`page_obj`): that is other
    content. Anything else in the query string is not.
    """
    address = page.get_full_url(request) or ""
    rows = listing.get("page_obj")
    later = urlencode({"page": rows.number}) if rows and rows.number > 1 else ""
    query = "&".join(part for part in (listing.get("query", ""), later) if part)
    return f"{address}?{query}" if address and query else address


def image_of(page: BasePage, frame: SiteContext) -> str:
    """The whole address of the page's picture, in the size that the page shows anyway."""
    image = page.shared_image
    if not image:
        return ""
    size = next(iter(page.picture_sizes.values()))[0]
    return urljoin(frame.site.root_url, source_sets_of(image, size).src)


def _column(page: BasePage) -> Iterator[Tag]:
    yield "description", _description(page)
    yield "ColumnName", page.title
    yield "ColumnDescription", _description(page) or page.title
    yield "ColumnKeywords", ",".join(page.keywords)
    yield "ColumnType", str(page.column_type)


def _article(page: BasePage, address: str, image: str) -> Iterator[Tag]:
    yield "ArticleTitle", page.title
    if page.first_published_at:
        yield "PubDate", f"{timezone.localtime(page.first_published_at):%Y-%m-%d %H:%M}"
    yield "ContentSource", page.source_text
    yield "Keywords", ",".join(page.keywords)
    yield "Author", page.author_text
    yield "Description", _description(page)
    yield "Image", image
    yield "Url", address


def _description(page: BasePage) -> str:
    return Truncator(" ".join(page.summary_text.split())).chars(DESCRIPTION)


def _filled(*tags: Tag) -> list[Tag]:
    return [(name, content) for name, content in tags if content]

"""Content for the tests of packages that know no content app and must not import one."""

from brands.models import BrandIndexPage, BrandPage
from brands.tests.factories import publish_brand
from district.school_opening import open_school
from home.models import StandardPage
from news.tests.factories import (
    DocumentFactory,
    NewsAttachmentFactory,
    NewsPageFactory,
    publish_news,
)
from publication.initial_publication import Source, publish_initial
from publication.withdrawal import withdraw
from redstudy.models import RoutePage

__all__ = [
    "BrandIndexPage",
    "BrandPage",
    "DocumentFactory",
    "NewsAttachmentFactory",
    "NewsPageFactory",
    "RoutePage",
    "Source",
    "StandardPage",
    "open_school",
    "publish_brand",
    "publish_initial",
    "publish_news",
    "publish_standard_page",
    "withdraw",
]


def publish_standard_page(home, title: str = "关于本站") -> StandardPage:
    """A live standing page below `home`."""
    body = [("paragraph", "<p>说明。</p>")]
    page = StandardPage(title=title, body=body, locale=home.locale, live=False)
    home.add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)

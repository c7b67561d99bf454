"""Content for the tests of packages that know no content app and must not import one."""

from brands.models import BrandIndexPage, BrandPage
from brands.tests.factories import found_brand
from district.school_opening import open_school
from home.models import HomePage, StandardPage
from publication.initial_publication import Source, publish_initial

__all__ = ["BrandIndexPage", "BrandPage", "found_brand", "open_school", "publish_standard_page"]


def publish_standard_page(home: HomePage, title: str = "关于本站") -> StandardPage:
    """A live standard page below `home`."""
    body = [("paragraph", "<p>说明。</p>")]
    page = StandardPage(title=title, body=body, locale=home.locale, live=False)
    home.add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)

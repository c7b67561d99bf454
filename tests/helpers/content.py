"""Content for the tests of packages that know no content app and must not import one."""

from brands.models import BrandIndexPage, BrandPage
from brands.tests.factories import publish_brand
from district.school_opening import open_school
from home.models import StandardPage
from publication.initial_publication import Source, publish_initial

__all__ = ["BrandIndexPage", "BrandPage", "open_school", "publish_brand", "publish_standing_page"]


def publish_standing_page(home, title: str = "关于本站") -> StandardPage:
    """A live standing page below `home`."""
    body = [("paragraph", "<p>说明。</p>")]
    page = StandardPage(title=title, body=body, locale=home.locale, live=False)
    home.add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)

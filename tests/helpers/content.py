"""What lies above a package, for its tests: content of every kind, and what people do with it.

The layers hold for tests too. A test of a lower package that needs a page to try its rule on, or
an act that sets it off, takes both from here.
"""

from typing import Any

from appointments.models import Activation
from audit.content_digest import content_digest
from audit.models import RecordEntry
from brands.models import BrandFigure, BrandIndexPage, BrandPage
from brands.tests.factories import publish_brand
from district.bootstrap import bootstrap
from district.school_opening import open_school, shared_collection
from district.worker_supervisor import supervised_worker
from home.models import HomePage, StandardPage
from home.sections import home_sections
from news.models import NewsAttachment, NewsIndexPage, NewsPage
from news.tests.factories import (
    DocumentFactory,
    NewsAttachmentFactory,
    NewsPageFactory,
    publish_news,
)
from notifications.models import Notice
from publication import eager_renditions, schedule, withdrawal
from publication.initial_publication import Source, publish_initial
from publication.models import UrgentItem
from publication.run_each import BatchError
from publication.tests.scheduling import (
    DAY,
    HOUR,
    kinds,
    new_page,
    run_at,
    scheduled,
    submit_and_approve,
)
from publication.urgent_items import CHECK_WITHIN
from publication.withdrawal import withdraw
from redstudy.models import RouteIndexPage, RoutePage, StudyBasePage
from redstudy.tests.factories import RoutePageFactory, publish_route, publish_two_bases
from review import queue
from review.domain import corrections
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers.district import District
from urgency import domain as urgency
from volunteering.models import BenefitRecord, VolunteerProjectPage
from volunteering.tests.factories import VolunteerProjectPageFactory

__all__ = [
    "CHECK_WITHIN",
    "DAY",
    "HOUR",
    "Activation",
    "BatchError",
    "BenefitRecord",
    "BrandFigure",
    "BrandIndexPage",
    "BrandPage",
    "DocumentFactory",
    "HomePage",
    "NewsAttachment",
    "NewsAttachmentFactory",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageFactory",
    "Notice",
    "RecordEntry",
    "RouteIndexPage",
    "RoutePage",
    "RoutePageFactory",
    "SchoolIndexPage",
    "SchoolPage",
    "Source",
    "StandardPage",
    "StudyBasePage",
    "UrgentItem",
    "VolunteerProjectPage",
    "VolunteerProjectPageFactory",
    "bootstrap",
    "content_digest",
    "corrections",
    "district_news",
    "eager_renditions",
    "home_sections",
    "kinds",
    "new_page",
    "open_school",
    "publish_brand",
    "publish_initial",
    "publish_news",
    "publish_route",
    "publish_standard_page",
    "publish_two_bases",
    "queue",
    "run_at",
    "schedule",
    "scheduled",
    "shared_collection",
    "submit_and_approve",
    "supervised_worker",
    "urgency",
    "withdraw",
    "withdrawal",
]


def publish_standard_page(home: HomePage, title: str = "关于本站") -> StandardPage:
    """A live standard page below `home`."""
    body = [("paragraph", "<p>说明。</p>")]
    page = StandardPage(title=title, body=body, locale=home.locale, live=False)
    home.add_child(instance=page)
    return publish_initial(page, Source.SYSTEM)


def district_news(district: District, **fields: Any) -> NewsPage:
    """A public news item of the district."""
    return publish_news(district.child(NewsIndexPage), **fields)

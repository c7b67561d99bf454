"""Study bases and routes for tests: drafts, complete enough to be submitted."""

from datetime import timedelta

import factory
import wagtail_factories
from django.utils import timezone

from core.models import Document, HonourLevel
from core.tree import home_pages
from publication.initial_publication import Source, publish_initial
from redstudy.models import RouteIndexPage, RoutePage, RouteStop, StudyBasePage


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = Document


class StudyBasePageFactory(wagtail_factories.PageFactory):
    """A draft of an open base. `suspended=True` closes it."""

    parent = factory.LazyFunction(lambda: home_pages().first())
    title = factory.Sequence(lambda number: f"第{number}号码头")
    slug = factory.Sequence(lambda number: f"base-{number}")
    live = False
    level = HonourLevel.DISTRICT
    address = "示例路1号"

    class Meta:
        model = StudyBasePage

    class Params:
        suspended = factory.Trait(status=StudyBasePage.Status.SUSPENDED)


class RouteStopFactory(factory.django.DjangoModelFactory):
    base = factory.SubFactory(StudyBasePageFactory)
    minutes = 20
    travel_minutes = 10
    talk = "先数石阶。"
    task = "估一估桥孔有多高。"

    class Meta:
        model = RouteStop


class RoutePageFactory(wagtail_factories.PageFactory):
    """A draft with one stop at each of `bases`."""

    parent = factory.LazyFunction(lambda: home_pages().first())
    title = factory.Sequence(lambda number: f"沿着运河读任城{number}")
    slug = factory.Sequence(lambda number: f"route-{number}")
    live = False
    summary = "一根红线，走得慢一点。"
    for_primary_upper = True
    theme_level = RoutePage.ThemeLevel.LOCAL
    duration_minutes = 120
    distance_km = "3.2"
    safety_plan = factory.SubFactory(DocumentFactory)
    contact_office = "党建办公室"
    review_date = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))
    stops = factory.LazyAttribute(
        lambda route: [RouteStopFactory.build(base=base) for base in route.bases]
    )

    class Meta:
        model = RoutePage

    class Params:
        bases = ()


def publish_route(**fields) -> RoutePage:
    """Return a live sample route; `fields` are those of `RoutePageFactory`."""
    return publish_initial(RoutePageFactory(**fields), Source.DEMO)


def publish_two_bases(district) -> list[StudyBasePage]:
    """Return two live, open bases of the district."""
    index = district.child(RouteIndexPage)
    return [
        publish_initial(StudyBasePageFactory(parent=index), Source.DEMO) for _number in range(2)
    ]

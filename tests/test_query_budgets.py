"""How many queries every public page takes: as many for 200 entries as for 10.

`pytest tests/test_query_budgets.py -s` prints the table.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brands.models import (
    BrandFigure,
    BrandGalleryImage,
    BrandIndexPage,
    BrandPage,
    BrandRecognition,
    BrandRelatedPage,
)
from core.models import BasePage, Document, IndexPage
from home.models import HomeFigure, HomePage, HomePillar, StandardPage
from news.models import NewsAttachment, NewsIndexPage, NewsPage
from redstudy.models import RouteIndexPage, RoutePage, RouteStop, StudyBasePage
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers import district as world
from tests.helpers.bulk_factories import crowd, pictures
from topics.models import TopicIndexPage, TopicPage
from volunteering.models import BenefitRecord, VolunteerIndexPage, VolunteerProjectPage

FEW, MANY = 10, 200
BODY = '[{"type": "paragraph", "value": "<p>走得慢一点。</p>"}]'
# What a page of each type may take, the frame with its navigation and footer included.
BUDGETS = {
    # Two for the topics that run.
    HomePage: 32,
    StandardPage: 14,
    SchoolIndexPage: 18,
    SchoolPage: 26,
    # One query for the numbers beside each filter, whatever the number of brands.
    BrandIndexPage: 24,
    BrandPage: 36,
    NewsIndexPage: 18,
    NewsPage: 22,
    RouteIndexPage: 20,
    StudyBasePage: 18,
    RoutePage: 24,
    VolunteerIndexPage: 20,
    VolunteerProjectPage: 22,
    TopicIndexPage: 18,
    # Six lists, one of them of pages of every kind.
    TopicPage: 40,
}


class Crowd:
    """One district that grows; `addresses` names a page of every type."""

    def __init__(self, gallery: bool = False):
        self.gallery = gallery
        self.district = world.find_district()
        self.home = self.district.home
        self.index = {kind: self.district.child(kind) for kind in BUDGETS if _lists(kind)}
        self.document = Document.objects.create(title="预案", file="documents/none.txt")
        self.kinds: dict[type, list] = {}

    def grow(self, count: int) -> None:
        """`count` more of everything; each entry belongs to a school of its own."""
        images = pictures(count)

        def picture(number, _parent):
            return images[number % len(images)]

        def school(_number, parent):
            return parent

        common = {"summary": "一根红线。", "body": BODY, "school": school}
        schools = self.add(
            SchoolPage, [self.index[SchoolIndexPage]], count,
            stage="primary", township="古槐街道", cover=picture, body=BODY,
        )  # fmt: skip
        self.add(StandardPage, [self.home], 1, body=BODY)
        bases = self.add(
            StudyBasePage, [self.index[RouteIndexPage]], count,
            level="district", address="示例路1号", cover=picture, body=BODY,
        )  # fmt: skip
        # The first school has more of everything than its page shows.
        for places, number in ((schools, count), (self.kinds[SchoolPage][:1], 12)):
            self.add(
                BrandPage, places, number, slogan="党旗映彩虹 师生共成长",
                seal_characters="旗映彩虹", meaning="<p>七种颜色。</p>", body=BODY,
                cover=picture, school=school,
            )  # fmt: skip
            self.add(
                NewsPage, places, number, author_name="办公室", lead_image=picture,
                kind=lambda number, _parent: NewsPage.Kind.values[number % 5],
                notice_until=timezone.localdate() + timedelta(days=5), **common,
            )  # fmt: skip
            self.add(
                RoutePage, places, number, for_junior=True, theme_level="local",
                duration_minutes=120, safety_plan=self.document, contact_office="办公室",
                review_date=timezone.localdate(), cover=picture, **common,
            )  # fmt: skip
            self.add(
                VolunteerProjectPage, places, number, service_type="tutoring",
                beneficiaries="学生", team="党员教师", cover=picture, **common,
            )  # fmt: skip
        self.add(
            TopicPage, [self.index[TopicIndexPage]], count, summary="一条河。", intro=BODY,
            starts_on=timezone.localdate(), banner=picture, lists=self.lists,
        )  # fmt: skip
        self.detail(count, bases, images)

    def lists(self, _number, _parent) -> str:
        """As many lists as a topic may have: one by every rule, one of chosen pages."""
        chosen = [
            self.kinds[kind][place].pk
            for kind in (NewsPage, BrandPage, RoutePage, VolunteerProjectPage)
            for place in range(3)
        ]
        rules = [{"title": kind, "kind": kind, "number": 12} for kind in settings.FEEDS]
        return json.dumps(
            [{"type": "chosen", "value": {"title": "先读", "pages": chosen}}]
            + [{"type": "rule", "value": rule} for rule in rules]
        )

    def add(self, model, parents, count, **fields) -> list:
        """More pages of `model`; returns the new ones."""
        pages = crowd(model, parents, count, **fields)
        self.kinds.setdefault(model, []).extend(pages)
        return pages

    def detail(self, count: int, bases: list, images: list) -> None:
        """Rows within the pages: two of each for all, `count` for the first page of its type."""
        first = {kind: pages[0] for kind, pages in self.kinds.items()}
        routes = self.kinds[RoutePage]
        stop = {"minutes": 20, "travel_minutes": 10, "talk": "先数石阶。", "task": "数一数。"}
        RouteStop.objects.bulk_create(
            [RouteStop(page=route, base=base, **stop) for route in routes for base in bases[:2]]
            + [RouteStop(page=first[RoutePage], base=base, **stop) for base in bases]
        )
        record = {"date": date(2026, 3, 12), "quantity": 30, "evidence": "签到表"}
        BenefitRecord.objects.bulk_create(
            BenefitRecord(page=project, unit=unit, evidence_document=self.document, **record)
            for project in self.kinds[VolunteerProjectPage] + [first[VolunteerProjectPage]] * count
            for unit in BenefitRecord.Unit.values[:2]
        )
        NewsAttachment.objects.bulk_create(
            NewsAttachment(page=first[NewsPage], document=self.document) for _number in range(count)
        )
        self.detail_of_home_and_brand(first[BrandPage], images)

    def detail_of_home_and_brand(self, brand, images: list) -> None:
        traced = {"label": "项目", "value": 7, "unit": "个", "as_of": date(2026, 1, 1)}
        related = self.kinds[NewsPage] + self.kinds[RoutePage] + self.kinds[VolunteerProjectPage]
        for number, image in enumerate(images):
            HomeFigure.objects.create(page=self.home, source="年报", **traced)
            HomePillar.objects.create(page=self.home, title=f"体系{number}")
            BrandFigure.objects.create(page=brand, source="年报", **traced)
            if self.gallery:
                BrandGalleryImage.objects.create(page=brand, image=image)
        # As many as ten, of every type.
        for target in related[:: max(1, len(related) // 10)][:10]:
            BrandRelatedPage.objects.create(page=brand, target=target.page_ptr)
        BrandRecognition.objects.bulk_create(
            BrandRecognition(page=brand, level="city", title="示范校", year=2020, source="文件")
            for _image in images
        )

    def page(self, kind) -> BasePage:
        """The page of this type that has the most in it."""
        if kind is HomePage:
            return self.home
        return self.index.get(kind) or self.kinds[kind][0]


def _lists(kind) -> bool:
    return issubclass(kind, IndexPage)


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is never kept."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for cache in caches.all(initialized_only=True):
            cache.clear()


def queries_of(page) -> int:
    """What a look at `page` takes; it must be there."""
    with CaptureQueriesContext(connection) as taken:
        response = Client().get(page.url)
    assert response.status_code == 200
    rows = response.context_data.get("page_obj")
    assert rows is None or rows.paginator.num_pages == 1
    return len(taken)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> dict[type, list[int]]:
    """Queries per page type, with few and with many entries; made once for all types."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), undone():
        patch.setattr(IndexPage, "page_size", 1000)
        for kind in BUDGETS:
            if _lists(kind):
                patch.setattr(kind, "page_size", 1000)
        grown = Crowd()
        table: dict[type, list[int]] = {kind: [] for kind in BUDGETS}
        for more in (FEW, MANY - FEW):
            grown.grow(more)
            if more == FEW:
                # The first visit of all also fills the caches of the process.
                for kind in table:
                    queries_of(grown.page(kind))
            for kind, taken in table.items():
                taken.append(queries_of(grown.page(kind)))
    print(f"\n{'page':<24}{FEW:>6}{MANY:>6}{'budget':>8}")
    for kind, taken in table.items():
        print(f"{kind.__name__:<24}{taken[0]:>6}{taken[1]:>6}{BUDGETS[kind]:>8}")
    return table


def test_every_page_type_has_a_budget():
    """A new type is measured, too."""
    types = {
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and not model._meta.abstract
    }
    assert types == set(BUDGETS)


@pytest.mark.django_db  # which has the database made before `measured`
@pytest.mark.parametrize("kind", BUDGETS, ids=lambda kind: kind.__name__)
def test_more_entries_take_no_more_queries(kind, measured):
    few, many = measured[kind]
    assert many == few
    assert many <= BUDGETS[kind]


def test_a_gallery_takes_no_query_per_picture(district):
    grown = Crowd(gallery=True)
    grown.grow(2)
    queries_of(grown.page(BrandPage))
    before = queries_of(grown.page(BrandPage))
    brand = grown.page(BrandPage)
    for image in pictures(3):
        BrandGalleryImage.objects.create(page=brand, image=image)
    assert queries_of(brand) == before

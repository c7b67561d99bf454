"""A district that grows: entries of every type, to measure and to look at.

The pages are rows without revisions (`bulk_factories`): read them, never edit them.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from brands.models import (
    BrandFigure,
    BrandGalleryImage,
    BrandPage,
    BrandRecognition,
    BrandRelatedPage,
)
from core.models import BasePage, Document, Image, IndexPage
from home.models import HomeFigure, HomePage, HomePillar, StandardPage
from news.models import NewsAttachment, NewsPage
from redstudy.models import RouteIndexPage, RoutePage, RouteStop, StudyBasePage
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers.bulk_factories import bulk_create_images, bulk_create_pages
from tests.helpers.district import find_district
from topics.models import TopicIndexPage, TopicPage
from volunteering.models import BenefitRecord, VolunteerProjectPage

BODY = '[{"type": "paragraph", "value": "<p>走得慢一点。</p>"}]'
INDEX_TYPES = [
    model
    for model in apps.get_models()
    if issubclass(model, IndexPage) and not model._meta.abstract
]


class GrowingDistrict:
    """A district to which entries of every type are added, with few or many rows within them.

    Args:
        gallery: whether the first brand page shows every image.
        create_images: makes the images; by default ones whose file does not exist.
    """

    def __init__(
        self,
        gallery: bool = False,
        create_images: Callable[[int], list[Image]] = bulk_create_images,
    ):
        self.gallery = gallery
        self.create_images = create_images
        self.district = find_district()
        self.home = self.district.home
        self.indexes = {model: self.district.child(model) for model in INDEX_TYPES}
        self.document = Document.objects.create(title="预案", file="documents/none.txt")
        self.pages: dict[type[BasePage], list] = {}

    def grow(self, count: int) -> None:
        """`count` more of everything; each entry belongs to a school of its own."""
        images = self.create_images(count)

        def image(number, _parent):
            return images[number % len(images)]

        def school(_number, parent):
            return parent

        common = {"summary": "一根红线。", "body": BODY, "school": school}
        schools = self.add(
            SchoolPage, [self.indexes[SchoolIndexPage]], count,
            stage="primary", township="古槐街道", cover=image, body=BODY,
        )  # fmt: skip
        self.add(StandardPage, [self.home], 1, body=BODY)
        bases = self.add(
            StudyBasePage, [self.indexes[RouteIndexPage]], count,
            level="district", address="示例路1号", cover=image, body=BODY,
        )  # fmt: skip
        # The first school has more of everything than its page shows.
        for parents, number in ((schools, count), (self.pages[SchoolPage][:1], 12)):
            self.add(
                BrandPage, parents, number, slogan="党旗映彩虹 师生共成长",
                seal_characters="旗映彩虹", meaning="<p>七种颜色。</p>", body=BODY,
                cover=image, school=school,
            )  # fmt: skip
            self.add(
                NewsPage, parents, number, author_name="办公室", lead_image=image,
                kind=lambda number, _parent: NewsPage.Kind.values[number % 5],
                notice_until=timezone.localdate() + timedelta(days=5), **common,
            )  # fmt: skip
            self.add(
                RoutePage, parents, number, for_junior=True, theme_level="local",
                duration_minutes=120, safety_plan=self.document, contact_office="办公室",
                review_date=timezone.localdate(), cover=image, **common,
            )  # fmt: skip
            self.add(
                VolunteerProjectPage, parents, number, service_type="tutoring",
                beneficiaries="学生", team="党员教师", cover=image, **common,
            )  # fmt: skip
        self.add(
            TopicPage, [self.indexes[TopicIndexPage]], count, summary="一条河。", intro=BODY,
            starts_on=timezone.localdate(), banner=image, lists=self.lists,
        )  # fmt: skip
        self.add_details(count, bases, images)

    def lists(self, _number: int, _parent: Page) -> str:
        """As many lists as a topic may have: one by every rule, one of chosen pages."""
        chosen = [
            page.pk
            for model in (NewsPage, BrandPage, RoutePage, VolunteerProjectPage)
            for page in self.pages[model][:3]
        ]
        rules = [{"title": kind, "kind": kind, "number": 12} for kind in settings.FEEDS]
        return json.dumps(
            [{"type": "chosen", "value": {"title": "先读", "pages": chosen}}]
            + [{"type": "rule", "value": rule} for rule in rules]
        )

    def add(self, model: type[BasePage], parents: Sequence, count: int, **fields: Any) -> list:
        """More pages of `model`; returns the new ones."""
        pages = bulk_create_pages(model, parents, count, **fields)
        self.pages.setdefault(model, []).extend(pages)
        return pages

    def add_details(self, count: int, bases: list, images: list) -> None:
        """Rows within the pages: two of each for all, `count` for the first page of its type."""
        first = {model: pages[0] for model, pages in self.pages.items()}
        routes = self.pages[RoutePage]
        stop = {"minutes": 20, "travel_minutes": 10, "talk": "先数石阶。", "task": "数一数。"}
        RouteStop.objects.bulk_create(
            [RouteStop(page=route, base=base, **stop) for route in routes for base in bases[:2]]
            + [RouteStop(page=first[RoutePage], base=base, **stop) for base in bases]
        )
        record = {"date": date(2026, 3, 12), "quantity": 30, "evidence": "签到表"}
        BenefitRecord.objects.bulk_create(
            BenefitRecord(page=project, unit=unit, evidence_document=self.document, **record)
            for project in self.pages[VolunteerProjectPage] + [first[VolunteerProjectPage]] * count
            for unit in BenefitRecord.Unit.values[:2]
        )
        NewsAttachment.objects.bulk_create(
            NewsAttachment(page=first[NewsPage], document=self.document) for _number in range(count)
        )
        self.add_details_of_home_and_brand(first[BrandPage], images)

    def add_details_of_home_and_brand(self, brand: BrandPage, images: list) -> None:
        """Figures, pillars, the gallery, related pages and recognitions: one for each image."""
        figure = {"label": "项目", "value": 7, "unit": "个", "as_of": date(2026, 1, 1)}
        related = self.pages[NewsPage] + self.pages[RoutePage] + self.pages[VolunteerProjectPage]
        for number, image in enumerate(images):
            HomeFigure.objects.create(page=self.home, source="年报", **figure)
            HomePillar.objects.create(page=self.home, title=f"体系{number}")
            BrandFigure.objects.create(page=brand, source="年报", **figure)
            if self.gallery:
                BrandGalleryImage.objects.create(page=brand, image=image)
        # As many as ten, of every type.
        for target in related[:: max(1, len(related) // 10)][:10]:
            BrandRelatedPage.objects.create(page=brand, target=target.page_ptr)
        BrandRecognition.objects.bulk_create(
            BrandRecognition(page=brand, level="city", title="示范校", year=2020, source="文件")
            for _image in images
        )

    def fullest_page(self, model: type[BasePage]) -> BasePage:
        """The page of this type that has the most in it."""
        if model is HomePage:
            return self.home
        return self.indexes.get(model) or self.pages[model][0]


def _lists(kind) -> bool:
    return issubclass(kind, IndexPage)

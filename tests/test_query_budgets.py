"""How many queries every public page takes: as many for 200 entries as for 10.

`pytest tests/test_query_budgets.py -s` prints the table.
"""

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from brands.models import (
    BrandGalleryImage,
    BrandIndexPage,
    BrandPage,
)
from core.models import BasePage, IndexPage
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage
from redstudy.models import RouteIndexPage, RoutePage, StudyBasePage
from schools.models import SchoolIndexPage, SchoolPage
from tests.helpers.bulk_factories import bulk_create_images
from tests.helpers.growing_district import INDEX_TYPES, GrowingDistrict
from tests.helpers.rollback import rolled_back
from topics.models import TopicIndexPage, TopicPage
from volunteering.models import VolunteerIndexPage, VolunteerProjectPage

FEW, MANY = 10, 200
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
    StudyBasePage: 19,
    RoutePage: 24,
    VolunteerIndexPage: 20,
    VolunteerProjectPage: 22,
    TopicIndexPage: 18,
    # Six lists, one of them of pages of every kind.
    TopicPage: 40,
}


def query_count(page: BasePage) -> int:
    """How many queries a visit of `page` takes; all its rows must be on one page of the list."""
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(page.url)
    assert response.status_code == 200
    page_of_rows = response.context_data.get("page_obj")
    assert page_of_rows is None or page_of_rows.paginator.num_pages == 1
    return len(queries)


@pytest.fixture(scope="module")
def query_counts(django_db_setup, django_db_blocker) -> dict[type, list[int]]:
    """Queries per page type, with few and with many entries; made once for all types."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), rolled_back():
        for model in (IndexPage, *INDEX_TYPES):
            patch.setattr(model, "page_size", 1000)
        district = GrowingDistrict()
        counts: dict[type, list[int]] = {model: [] for model in BUDGETS}
        for more in (FEW, MANY - FEW):
            district.grow(more)
            if more == FEW:
                # The first visit of all also fills the caches of the process.
                for model in BUDGETS:
                    query_count(district.fullest_page(model))
            for model in BUDGETS:
                counts[model].append(query_count(district.fullest_page(model)))
    for cache in caches.all(initialized_only=True):
        cache.clear()
    print(f"\n{'page':<24}{FEW:>6}{MANY:>6}{'budget':>8}")
    for model, (few, many) in counts.items():
        print(f"{model.__name__:<24}{few:>6}{many:>6}{BUDGETS[model]:>8}")
    return counts


def test_every_page_type_has_a_budget():
    """A new type is measured, too."""
    types = {
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and not model._meta.abstract
    }
    assert types == set(BUDGETS)


@pytest.mark.django_db  # which has the database made before `query_counts`
@pytest.mark.parametrize("model", BUDGETS, ids=lambda model: model.__name__)
def test_more_entries_take_no_more_queries(model, query_counts):
    few, many = query_counts[model]
    assert many == few
    assert many <= BUDGETS[model]


def test_a_gallery_takes_no_query_per_picture(district):
    growing = GrowingDistrict(gallery=True)
    growing.grow(2)
    brand = growing.fullest_page(BrandPage)
    query_count(brand)
    before = query_count(brand)
    for image in bulk_create_images(3):
        BrandGalleryImage.objects.create(page=brand, image=image)
    assert query_count(brand) == before

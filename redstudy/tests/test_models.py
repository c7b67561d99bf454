"""What a route must have, whom it is for, and where it and its bases are shown."""

from datetime import date

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ProtectedError
from django.utils.translation import override

from redstudy.models import RouteIndexPage, RoutePage, RouteStop, StudyBasePage
from redstudy.tests.factories import (
    RoutePageFactory,
    RouteStopFactory,
    StudyBasePageFactory,
    publish_route,
    publish_two_bases,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bases(district):
    return publish_two_bases(district)


@pytest.fixture
def index(district):
    return district.child(RouteIndexPage)


def close(base, status=StudyBasePage.Status.SUSPENDED):
    StudyBasePage.objects.filter(pk=base.pk).update(status=status)


def refusal(route) -> dict:
    with pytest.raises(ValidationError) as refused:
        route.full_clean()
    return refused.value.message_dict


def listed(index, rf, **query):
    return {page.title for page in index.get_context(rf.get("/", query))["page_obj"]}


class TestWhatARouteNeeds:
    @pytest.mark.parametrize(
        ("field", "empty"),
        [("safety_plan", None), ("contact_office", ""), ("review_date", None), ("summary", "")],
    )
    def test_nothing_that_keeps_pupils_safe_is_missing(self, bases, field, empty):
        assert list(refusal(RoutePageFactory(bases=bases, **{field: empty}))) == [field]

    def test_at_least_one_grade_band(self, bases):
        route = RoutePageFactory(bases=bases, for_primary_upper=False)
        assert list(refusal(route)) == ["for_primary_upper"]

    def test_at_least_two_stops(self, bases):
        for few in ([], bases[:1]):
            assert list(refusal(RoutePageFactory(bases=few))) == [NON_FIELD_ERRORS]

    @pytest.mark.parametrize("status", ["suspended", "withdrawn"])
    def test_every_base_is_open(self, bases, status):
        close(bases[1], status)
        route = RoutePage.objects.get(pk=RoutePageFactory(bases=bases).pk)
        [message] = refusal(route)[NON_FIELD_ERRORS]
        assert bases[1].title in message

    def test_every_base_is_public(self, bases):
        route = RoutePageFactory(bases=[bases[0], StudyBasePageFactory()])
        assert list(refusal(route)) == [NON_FIELD_ERRORS]

    def test_it_lasts_at_least_as_long_as_its_stops(self, bases):
        route = RoutePageFactory(bases=bases, duration_minutes=59)
        assert "60" in refusal(route)["duration_minutes"][0]

    def test_a_complete_route(self, bases, rf):
        route = RoutePageFactory(bases=bases, duration_minutes=60)
        route.full_clean()
        assert [stop.base for stop in route.get_context(rf.get("/"))["stops"]] == bases


class TestWhatARouteSays:
    def test_grades_by_name(self):
        route = RoutePageFactory.build(for_senior=True, safety_plan=None)
        with override("en"):
            assert route.grade_bands == [
                "primary school, grades 4 to 6",
                "senior secondary, grades 1 and 2",
            ]
        assert [facet.name for facet in route.facets()] == ["grade", "grade", "theme"]

    def test_minutes_of_a_draft_in_memory(self):
        route = RoutePageFactory.build(safety_plan=None)
        assert route.total_minutes == 0
        route.stops = [RouteStopFactory.build(base=StudyBasePageFactory.build())]
        assert route.total_minutes == 30

    def test_it_warns_of_a_base_that_closed_later(self, bases):
        route = publish_route(bases=bases)
        assert route.closed_bases == []
        close(bases[0])
        assert route.closed_bases == [bases[0]]

    def test_the_closed_bases_of_a_version_in_review(self, bases):
        route = RoutePageFactory(bases=bases)
        close(bases[0])
        assert route.save_revision(clean=False).as_object().closed_bases == [bases[0]]

    def test_a_check_is_overdue_from_the_day_after(self, time_machine):
        time_machine.move_to("2026-05-18T12:00+08:00", tick=False)
        route = RoutePageFactory.build(safety_plan=None, review_date=date(2026, 5, 18))
        assert not route.check_is_overdue
        time_machine.move_to("2026-05-19T00:30+08:00", tick=False)
        assert route.check_is_overdue


class TestStudyBases:
    def test_a_base_on_a_route_cannot_be_deleted(self, bases):
        RoutePageFactory(bases=bases)
        with pytest.raises(ProtectedError):
            bases[0].delete()

    def test_its_page_names_the_public_routes_that_stop_there(self, bases, school, rf):
        twice = publish_route(parent=school, bases=[bases[0], bases[1], bases[0]])
        RoutePageFactory(parent=school, bases=bases)
        assert list(bases[0].get_context(rf.get("/"))["routes"]) == [twice]

    def test_a_route_that_stops_there_no_longer_is_not_named(self, bases, school, rf):
        route = publish_route(parent=school, bases=bases)
        RouteStop.objects.filter(page=route, base=bases[0]).delete()
        assert list(bases[0].get_context(rf.get("/"))["routes"]) == []


class TestTheList:
    def test_it_shows_public_routes_and_bases_of_the_district(self, index, bases, school, rf):
        StudyBasePageFactory(parent=index, title="还没公开的基地")
        publish_route(parent=school, bases=bases, title="学校的")
        publish_route(parent=index, bases=bases, title="区里的")
        RoutePageFactory(parent=school, bases=bases, title="草稿")
        assert listed(index, rf) == {"学校的", "区里的"}
        assert set(index.get_context(rf.get("/"))["bases"]) == set(bases)

    def test_filters_narrow_it(self, index, bases, school, rf):
        publish_route(parent=school, bases=bases, title="小学的")
        publish_route(
            parent=index,
            bases=bases,
            title="初中的",
            for_primary_upper=False,
            for_junior=True,
            theme_level="city",
        )
        assert listed(index, rf, grade="junior") == {"初中的"}
        assert listed(index, rf, grade="senior") == set()
        assert listed(index, rf, theme="city") == {"初中的"}
        assert listed(index, rf, school=school.slug) == {"小学的"}
        assert listed(index, rf, q="初") == {"初中的"}

    @pytest.mark.parametrize("value", ["provenance", "primary_upper__isnull", "小学"])
    def test_a_bad_grade_is_named_and_narrows_nothing(self, index, bases, school, rf, value):
        publish_route(parent=school, bases=bases, title="小学的")
        assert "grade" in index.get_context(rf.get("/", {"grade": value}))["form"].errors
        assert listed(index, rf, grade=value) == {"小学的"}

    def test_more_rows_take_no_more_queries(
        self, index, bases, school, rf, django_assert_max_num_queries
    ):
        for _number in range(4):
            publish_route(parent=school, bases=bases)
        with django_assert_max_num_queries(8):
            rows = index.get_context(rf.get("/"))["page_obj"]
            shown = [(page.publisher, page.total_minutes, page.card_image) for page in rows]
        assert [minutes for _school, minutes, _image in shown] == [60] * 4

"""What a benefit record must be, and what the list of projects shows."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from volunteering.models import VolunteerIndexPage, VolunteerProjectPage
from volunteering.tests.factories import (
    BenefitRecordFactory,
    VolunteerProjectPageFactory,
    publish_project,
)

pytestmark = pytest.mark.django_db


class TestABenefitRecord:
    @pytest.fixture
    def project(self):
        return VolunteerProjectPageFactory()

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"quantity": 0}, "quantity"),
            ({"quantity": -3}, "quantity"),
            ({"quantity": Decimal("1.5")}, "quantity"),
            ({"evidence": ""}, "evidence"),
        ],
    )
    def test_it_counts_something_and_can_be_looked_up(self, project, fields, wrong):
        record = BenefitRecordFactory.build(page=project, **fields)
        with pytest.raises(ValidationError) as refused:
            record.full_clean()
        assert wrong in refused.value.error_dict

    def test_it_is_not_written_in_advance(self, project, time_machine):
        time_machine.move_to("2026-05-18T00:30+08:00", tick=False)
        BenefitRecordFactory.build(page=project, date=date(2026, 5, 18)).full_clean()
        with pytest.raises(ValidationError) as refused:
            BenefitRecordFactory.build(page=project, date=date(2026, 5, 19)).full_clean()
        assert list(refused.value.error_dict) == ["date"]

    def test_only_hours_have_a_fraction(self, project):
        BenefitRecordFactory.build(page=project, hours=True, quantity=Decimal("1.5")).full_clean()

    def test_the_database_refuses_what_no_form_has_seen(self):
        with pytest.raises(IntegrityError):
            VolunteerProjectPageFactory(records=[{"quantity": 0}])


class TestAProject:
    @pytest.mark.parametrize("field", ["summary", "beneficiaries", "team", "service_type"])
    def test_it_says_what_for_whom_and_by_whom(self, field):
        with pytest.raises(ValidationError) as refused:
            VolunteerProjectPageFactory(**{field: ""}).full_clean()
        assert list(refused.value.error_dict) == [field]

    def test_a_new_one_has_no_records_yet(self):
        project = VolunteerProjectPageFactory()
        project.full_clean()
        assert project.totals() == []

    def test_records_are_shown_newest_first(self, rf):
        days = [date(2026, 3, 1), date(2026, 5, 1), date(2026, 4, 1)]
        project = VolunteerProjectPageFactory(records=[{"date": day} for day in days])
        context = project.get_context(rf.get("/"))
        assert [record.date.month for record in context["records"]] == [5, 4, 3]
        assert context["totals"] == project.totals()


class TestTheList:
    @pytest.fixture
    def index(self, district):
        return district.child(VolunteerIndexPage)

    def listed(self, index, rf, **query):
        return {page.title for page in index.get_context(rf.get("/", query))["page_obj"]}

    def test_filters_narrow_it_and_its_totals_alike(self, index, district, rf):
        first, second = district.schools
        publish_project(parent=first, title="夜灯", records=[{"quantity": 30}])
        publish_project(
            parent=second, title="小屋", service_type="psychology", records=[{"quantity": 12}]
        )
        VolunteerProjectPageFactory(parent=first, title="草稿", records=[{"quantity": 500}])
        assert self.listed(index, rf) == {"夜灯", "小屋"}
        assert self.listed(index, rf, service="psychology") == {"小屋"}
        assert self.listed(index, rf, school=first.slug) == {"夜灯"}
        assert self.listed(index, rf, q="灯") == {"夜灯"}
        for query, quantity in (({}, 42), ({"school": second.slug}, 12)):
            [total] = index.get_context(rf.get("/", query))["totals"]
            assert total.quantity == quantity

    def test_a_bad_service_is_named_and_narrows_nothing(self, index, school, rf):
        publish_project(parent=school, title="夜灯")
        assert "service" in index.get_context(rf.get("/", {"service": "x"}))["form"].errors
        assert self.listed(index, rf, service="x") == {"夜灯"}

    def test_more_rows_take_no_more_queries(self, index, school, rf, django_assert_max_num_queries):
        for _number in range(4):
            publish_project(parent=school, records=[{"quantity": 30}])
        with django_assert_max_num_queries(8):
            context = index.get_context(rf.get("/"))
            shown = [(page.publisher, page.totals()) for page in context["page_obj"]]
        assert len(shown) == 4

    def test_what_others_list_is_live(self, school):
        project = publish_project(parent=school)
        VolunteerProjectPageFactory(parent=school)
        assert list(VolunteerProjectPage.listed()) == [project]

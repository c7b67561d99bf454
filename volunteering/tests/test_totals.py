"""Totals are sums of records: by unit, never mixed, never of drafts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publication.initial_publication import Source, publish_initial
from volunteering.models import BenefitRecord, VolunteerProjectPage
from volunteering.tests.factories import (
    BenefitRecordFactory,
    VolunteerProjectPageFactory,
    publish_project,
)
from volunteering.totals import sum_public_records, sum_public_records_by_year, sum_records

ALL = VolunteerProjectPage.objects


def short(totals):
    return [(total.unit, total.quantity) for total in totals]


class TestInMemory:
    def test_nothing_sums_up_to_nothing(self):
        assert sum_records([]) == []

    def test_units_are_never_mixed(self):
        records = [
            BenefitRecordFactory.build(quantity=Decimal("1.5"), hours=True),
            BenefitRecordFactory.build(quantity=30),
            BenefitRecordFactory.build(quantity=12, date=date(2026, 4, 1)),
        ]
        people, hours = sum_records(records)
        assert (people.quantity, people.as_of) == (42, date(2026, 4, 1))
        assert (hours.quantity, hours.unit) == (Decimal("1.5"), BenefitRecord.Unit.HOURS)


rows = st.lists(
    st.tuples(
        st.sampled_from(BenefitRecord.Unit.values),
        st.integers(min_value=1, max_value=999_999_99).map(lambda tenths: Decimal(tenths) / 10),
        st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(rows=rows)
def test_database_and_memory_agree(rows):
    records = [{"unit": unit, "quantity": quantity, "date": day} for unit, quantity, day in rows]
    project = VolunteerProjectPageFactory(records=records)
    publish_initial(project, Source.DEMO)
    this = ALL.filter(pk=project.pk)
    assert project.totals() == sum_public_records(this)
    years = sum_public_records_by_year(this)
    assert list(years) == sorted({day.year for _unit, _quantity, day in rows}, reverse=True)
    assert sum(total.quantity for totals in years.values() for total in totals) == sum(
        quantity for _unit, quantity, _day in rows
    )


@pytest.mark.django_db
class TestOfTheDistrict:
    def test_drafts_do_not_count(self):
        VolunteerProjectPageFactory(records=[{"quantity": 500}])
        assert sum_public_records(ALL.all()) == []
        assert sum_public_records_by_year(ALL.all()) == {}

    def test_an_unpublished_change_does_not_count(self):
        project = publish_project(records=[{"quantity": 30}])
        project.benefit_records.add(BenefitRecordFactory.build(quantity=500))
        project.save_revision()
        assert short(sum_public_records(ALL.all())) == [("person_times", 30)]
        assert short(project.totals()) == [("person_times", 530)]

    def test_one_query_over_many_projects(self, django_assert_num_queries):
        publish_project(records=[{"quantity": 30}, {"quantity": 2, "unit": "sessions"}])
        publish_project(records=[{"quantity": 12, "date": date(2025, 9, 1)}])
        with django_assert_num_queries(1):
            assert short(sum_public_records(ALL.order_by("title"))) == [
                ("person_times", 42),
                ("sessions", 2),
            ]
        with django_assert_num_queries(1):
            years = sum_public_records_by_year(ALL.all())
        assert {year: short(totals) for year, totals in years.items()} == {
            2026: [("person_times", 30), ("sessions", 2)],
            2025: [("person_times", 12)],
        }

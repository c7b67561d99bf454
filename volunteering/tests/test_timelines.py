"""Sums over time: by month or by year, in the unit they were written in, and the same twice."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.initial_publication import Source, publish_initial
from volunteering.models import BenefitRecord
from volunteering.tests.factories import BenefitRecordFactory, VolunteerProjectPageFactory
from volunteering.timelines import MAX_BARS, build_timelines
from volunteering.totals import sum_records


def records(*rows, **fields):
    return [BenefitRecordFactory.build(date=day, quantity=n, **fields) for day, n in rows]


def shown(timeline):
    return [(row.label, row.display_value) for row in timeline.rows]


def test_nothing_has_no_timeline():
    assert build_timelines([]) == []


def test_one_period_alone_has_nothing_to_compare():
    assert build_timelines(records((date(2026, 3, 1), 5), (date(2026, 3, 31), 7))) == []


def test_months_between_are_shown_empty():
    [line] = build_timelines(
        records((date(2026, 3, 1), 5), (date(2026, 1, 31), 7), (date(2026, 3, 9), 1200))
    )
    assert shown(line) == [("2026年1月", "7"), ("2026年2月", "0"), ("2026年3月", "1,205")]


def test_two_years_are_months_and_a_day_more_is_years():
    months = records((date(2024, 1, 1), 5), (date(2025, 12, 31), 7))
    [line] = build_timelines(months)
    assert len(line.rows) == MAX_BARS
    [line] = build_timelines([*months, *records((date(2026, 1, 1), 1))])
    assert shown(line) == [("2024", "5"), ("2025", "7"), ("2026", "1")]


def test_units_are_never_mixed():
    mixed = records((date(2026, 1, 1), 5), (date(2026, 2, 1), 7))
    mixed += records((date(2026, 1, 1), Decimal("1.5")), (date(2026, 2, 1), 2), hours=True)
    people, hours = build_timelines(mixed)
    assert [row.value for row in people.rows] == [5, 7]
    assert [row.display_value for row in hours.rows] == ["1.5", "2"]


def test_a_unit_of_one_month_only_is_left_out():
    mixed = records((date(2026, 1, 1), 5), (date(2026, 2, 1), 7))
    mixed += records((date(2026, 1, 1), 2), hours=True)
    assert len(build_timelines(mixed)) == 1


rows = st.lists(
    st.tuples(
        st.dates(date(1, 1, 1), date(9999, 12, 31)),
        st.integers(min_value=1, max_value=999_999_99).map(lambda tenths: Decimal(tenths) / 10),
        st.sampled_from(BenefitRecord.Unit.values),
    ),
    max_size=12,
)


@given(rows=rows)
def test_however_long_the_time_the_bars_are_few_and_add_up(rows):
    project_records = [
        BenefitRecordFactory.build(date=day, quantity=n, unit=unit) for day, n, unit in rows
    ]
    totals = {total.label: total.quantity for total in sum_records(project_records)}
    for line in build_timelines(project_records):
        assert 1 < len(line.rows) <= MAX_BARS
        assert sum(row.value for row in line.rows) == totals[line.label]


@pytest.mark.django_db
class TestOnThePage:
    def page(self, client, school, rows):
        project = VolunteerProjectPageFactory(parent=school, records=rows)
        return client.get(publish_initial(project, Source.DEMO).url).content.decode()

    def test_the_table_carries_the_same_numbers_as_the_drawing(self, client, school):
        html = self.page(
            client,
            school,
            [{"date": date(2026, 1, 9), "quantity": 1234}, {"date": date(2026, 3, 9)}],
        )
        drawing = html[html.index('<svg class="bars"') :].partition("</svg>")[0]
        table = html[html.index('class="chart"') :].partition("<table>")[2].partition("</table>")[0]
        drawn = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
        labels = re.findall(r'<th scope="row">([^<]*)</th>', table)
        numbers = re.findall(r'<span class="num">([^<]*)</span>', table)
        assert len(labels) == 3
        assert list(zip(drawn[::2], drawn[1::2], strict=True)) == list(
            zip(labels, numbers, strict=True)
        )

    def test_without_records_there_is_no_chart(self, client, school):
        assert 'class="bars"' not in self.page(client, school, [])

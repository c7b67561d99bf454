"""What the editor's form lets a teacher save: rows with mistakes are named in the row."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from volunteering.models import VolunteerProjectPage

pytestmark = pytest.mark.django_db


def form_for(*records):
    data = {
        "title": "周三夜灯",
        "summary": "一间亮着灯的教室。",
        "service_type": "tutoring",
        "beneficiaries": "学生",
        "team": "党员教师",
        "body": streamfield([]),
        "benefit_records": inline_formset(list(records)),
    }
    form_class = VolunteerProjectPage.get_edit_handler().get_form_class()
    return form_class(nested_form_data(data), instance=VolunteerProjectPage())


def record(**values):
    today = timezone.localdate()
    row = {"date": today, "unit": "person_times", "quantity": "30", "evidence": "签到表"}
    return row | values


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "1.5"}, "quantity"),
        ({"quantity": "许多"}, "quantity"),
        ({"date": timezone.localdate() + timedelta(days=1)}, "date"),
        ({"evidence": ""}, "evidence"),
    ],
)
def test_a_mistake_is_named_in_its_row(values, field):
    form = form_for(record(), record(**values))
    assert not form.is_valid()
    good, bad = form.formsets["benefit_records"].errors
    assert not good
    assert field in bad


def test_a_project_without_records_is_submitted():
    assert form_for().is_valid()


def test_a_draft_record_may_still_lack_its_evidence():
    draft = form_for(record(evidence=""))
    draft.defer_required_fields()
    assert draft.is_valid()

"""What the editor's form lets a teacher save, and what it asks before submitting."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import Document
from redstudy.models import RoutePage, StudyBasePage
from redstudy.tests.factories import DocumentFactory, publish_two_bases

pytestmark = pytest.mark.django_db


@pytest.fixture
def bases(district):
    return publish_two_bases(district)


def stop(base, **values):
    return {
        "base": base.pk,
        "minutes": 20,
        "travel_minutes": 10,
        "talk": "讲",
        "task": "做",
    } | values


def data_for(bases, **values):
    """What a teacher has filled in: a complete route, changed by `values`."""
    data = {
        "title": "沿着运河读任城",
        "summary": "一根红线。",
        "for_primary_upper": "on",
        "theme_level": "local",
        "duration_minutes": 60,
        "safety_plan": DocumentFactory().pk,
        "contact_office": "党建办公室",
        "review_date": timezone.localdate() + timedelta(days=30),
        "body": streamfield([]),
        "stops": inline_formset([stop(base) for base in bases]),
    }
    return nested_form_data(data | values)


def form_for(bases, **values):
    form_class = RoutePage.get_edit_handler().get_form_class()
    return form_class(data_for(bases, **values), instance=RoutePage())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"stops": inline_formset([])}, "__all__"),
        ({"for_primary_upper": ""}, "for_primary_upper"),
        ({"duration_minutes": 59}, "duration_minutes"),
        ({"safety_plan": ""}, "safety_plan"),
        ({"contact_office": ""}, "contact_office"),
        ({"review_date": ""}, "review_date"),
        ({"review_date": timezone.localdate() - timedelta(days=1)}, "review_date"),
    ],
)
def test_what_is_not_right_is_saved_as_a_draft_but_not_submitted(bases, values, field):
    draft = form_for(bases, **values)
    draft.defer_required_fields()
    assert draft.is_valid()
    assert list(form_for(bases, **values).errors) == [field]


def test_a_closed_base_is_refused_by_name(bases):
    StudyBasePage.objects.filter(pk=bases[0].pk).update(status="suspended")
    [message] = form_for(bases).non_field_errors()
    assert bases[0].title in message


def test_a_stop_with_a_mistake_is_named_once(bases):
    stops = inline_formset([stop(bases[0]), stop(bases[1], minutes=0)])
    form = form_for(bases, stops=stops)
    assert not form.is_valid()
    assert not form.errors
    assert "minutes" in form.formsets["stops"].errors[1]


def submit(client, school, data):
    # A school chooses its own documents; a form that names another's is refused.
    Document.objects.update(collection=school.collection)
    address = reverse("wagtailadmin_pages:add", args=["redstudy", "routepage", school.pk])
    return client.post(address, data | {"action-submit": "1"})


def test_an_editor_submits_a_route_and_its_stops_are_kept_once(client, district, bases):
    client.force_login(district.editor1)
    submit(client, district.schools[0], data_for(bases))
    route = RoutePage.objects.get()
    assert route.workflow_in_progress
    assert [row.base for row in route.stops.all()] == bases
    assert route.get_latest_revision_as_object().total_minutes == 60


def test_an_editor_cannot_submit_a_route_with_one_stop(client, district, bases):
    client.force_login(district.editor1)
    answer = submit(client, district.schools[0], data_for(bases[:1]))
    assert answer.status_code == 200
    assert not RoutePage.objects.exists()

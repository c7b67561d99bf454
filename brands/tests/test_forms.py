"""What the editor's form of a brand lets a teacher save, and what it asks before submitting."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from brands.models import BrandPage
from tests.helpers.district import brand_form

pytestmark = pytest.mark.django_db

UNFINISHED = {
    "mechanism_code": ({"mechanism_code": "137"}, "mechanism_code"),
    "mechanism_words": ({"mechanism_code": "一三七"}, "mechanism_code"),
    "no_han": ({"seal_characters": "旗a"}, "seal_characters"),
    "no_slogan": ({"slogan": ""}, "slogan"),
}


@pytest.fixture
def add(client, district):
    """Post the form of a new brand page as the school's editor; returns the answer."""
    client.force_login(district.editor1)
    address = reverse(
        "wagtailadmin_pages:add", args=["brands", "brandpage", district.schools[0].pk]
    )
    return lambda values, **extra: client.post(address, brand_form() | values, **extra)


@pytest.mark.parametrize(("values", "field"), UNFINISHED.values(), ids=list(UNFINISHED))
def test_what_is_unfinished_is_saved_as_a_draft_but_not_submitted(add, values, field):
    refused = add(values | {"action-submit": "1"})
    assert list(refused.context["form"].errors) == [field]
    assert not BrandPage.objects.exists()
    assert add(values).status_code == 302
    assert not BrandPage.objects.get().live


def test_an_unfinished_draft_is_saved_on_its_way(add):
    """Wagtail's autosave."""
    group = {"name": "队伍", "parts-count": "0"}
    mechanism = nested_form_data({"mechanism": streamfield([("group", group)])})
    answer = add(mechanism | {"mechanism_code": "13"}, headers={"Accept": "application/json"})
    assert json.loads(answer.content)["success"]
    assert BrandPage.objects.get().get_latest_revision_as_object().mechanism_code == "13"


def test_a_finished_brand_is_submitted(add):
    assert add({"action-submit": "1"}).status_code == 302
    assert BrandPage.objects.get().workflow_in_progress


def test_a_second_school_brand_is_refused_even_as_a_draft(add):
    add({})
    assert list(add({}).context["form"].errors) == ["kind"]
    assert BrandPage.objects.count() == 1

"""Deleting what public pages rest on: nothing public changes, and the answer says why."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from core.publishing.contexts import confirmed_change, publishing
from tests.helpers.district import brand_draft, decide, fresh
from tests.helpers.publish_attempts import (
    public_page,
    public_state,
    try_to_delete,
    waiting_page,
)
from tests.helpers.responses import messages_of

PEOPLE = ["editor1", "web_editor", "final", "admin"]


@pytest.mark.parametrize("role", PEOPLE)
def test_pages_in_public_stay(client, district, role):
    page = public_page(district)
    english = district.home.get_translations().get()
    before = public_state()
    everything = [page, *district.schools, district.home, english, *district.home.get_children()]
    for target in everything:
        person = getattr(district, role)
        try_to_delete(client, person, "wagtailadmin_pages:delete", target.pk)
        bulk = ("wagtail_bulk_action", "wagtailcore", "page", "delete")
        try_to_delete(client, person, *bulk, query=f"?id={target.pk}")
    assert public_state() == before


def test_a_withdrawn_page_stays_while_the_public_sees_something_below_it(client, district):
    page, school = public_page(district), district.schools[0]
    with publishing(school):
        fresh(school).unpublish()
    response = try_to_delete(client, district.admin, "wagtailadmin_pages:delete", school.pk)
    assert messages_of(response)
    with pytest.raises(PermissionDenied), transaction.atomic():
        fresh(school).delete()
    with pytest.raises(PermissionDenied), transaction.atomic():
        Page.objects.filter(pk=school.pk).delete()
    assert fresh(page).live


def test_code_that_holds_a_plain_page_takes_nothing_down(district):
    page = public_page(district)
    plain = Page.objects.get(pk=page.pk)
    for attempt in (plain.unpublish, plain.delete, lambda: plain.move(district.schools[1])):
        with pytest.raises(PermissionDenied), transaction.atomic():
            attempt()
    waiting = Page.objects.get(pk=waiting_page(district, title="二", kind="branch").pk)
    waiting.live = True
    with pytest.raises(PermissionDenied):
        waiting.save()
    assert fresh(page).live
    assert not fresh(waiting).live


def test_a_draft_takes_its_own_lock_along(district):
    page = brand_draft(district.schools[0], district.editor1)
    with confirmed_change():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.delete()
    assert not PageViewRestriction.objects.exists()


def test_people_whose_words_are_public_or_wait_stay(client, district):
    public_page(district)
    waiting = waiting_page(district, title="二", kind="branch")
    decide(waiting, district.reviewer1)
    before = public_state()
    people = [district.editor1, district.reviewer1, district.section, district.final]
    for person in people:
        response = try_to_delete(client, district.admin, "wagtailusers_users:delete", person.pk)
        assert str(person) in messages_of(response)
        bulk = ("wagtail_bulk_action", "accounts", "user", "delete")
        try_to_delete(client, district.admin, *bulk, query=f"?id={person.pk}")
        person.refresh_from_db()
    assert public_state() == before
    assert decide(fresh(waiting), district.section) is None


def test_who_did_nothing_yet_is_deleted(client, district):
    try_to_delete(client, district.admin, "wagtailusers_users:delete", district.colleague.pk)
    assert not type(district.colleague).objects.filter(username="colleague").exists()


def test_groups_that_hold_a_role_stay(client, district):
    before = set(Group.objects.values_list("pk", flat=True))
    for key in before:
        response = try_to_delete(client, district.admin, "wagtailusers_groups:delete", key)
        assert messages_of(response)
    assert set(Group.objects.values_list("pk", flat=True)) == before


def test_languages_stay(client, district):
    public_page(district)
    before = public_state()
    for locale in Locale.objects.all():
        response = try_to_delete(client, district.admin, "wagtaillocales:delete", locale.pk)
        assert messages_of(response)
    assert Locale.objects.count() == 2
    assert public_state() == before


def test_collections_of_schools_stay(client, district):
    before = set(Collection.objects.values_list("pk", flat=True))
    for school in district.schools:
        key = school.collection_id
        response = try_to_delete(client, district.admin, "wagtailadmin_collections:delete", key)
        assert messages_of(response)
        assert "success" not in {message.level_tag for message in response.context["messages"]}
    assert set(Collection.objects.values_list("pk", flat=True)) == before

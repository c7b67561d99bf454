"""A closed view says why it is closed, in the person's language, on a page that leads on."""

from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import Site

from admin_policy import closed_views
from admin_policy.closed_views import NO_PASSWORDS, READ_ONLY_API, TWO_PEOPLE
from admin_policy.tests.helpers import in_chinese, is_shown
from core.publishing import model_guards
from tests.helpers.district import brand_draft
from tests.helpers.publish_attempts import USERNAMES, public_page

XHR = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def admin(client, district):
    client.force_login(district.admin)
    return client


def test_a_refusal_leads_back_to_the_previous_page(admin, district):
    page = public_page(district)
    edit = f"http://testserver{reverse('wagtailadmin_pages:edit', args=[page.pk])}"
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    response = admin.post(address, headers={"referer": edit}, follow=True)
    assert response.redirect_chain == [(edit, 302)]
    assert is_shown(response.content.decode(), model_guards.WITHDRAWAL_ONLY)


@pytest.mark.parametrize("referer", ["", "https://example.org/", "http://testserver{here}"])
def test_a_closed_site_view_leads_to_the_changes_by_two_people(admin, district, referer):
    address = reverse("wagtailsites:delete", args=[Site.objects.get().pk])
    response = admin.get(address, headers={"referer": referer.format(here=address)}, follow=True)
    assert response.redirect_chain[0][0] == reverse("change_requests_list")
    assert is_shown(response.content.decode(), TWO_PEOPLE)


def test_a_dialog_shows_the_reason_inside(admin, district):
    key = district.schools[0].collection_id
    address = reverse("wagtailadmin_collections:set_privacy", args=[key])
    assert is_shown(admin.get(address, headers=XHR).json()["html"], NO_PASSWORDS)
    response = admin.post(address, {"restriction_type": "login"}, headers=XHR)
    assert response.status_code == 403
    assert response.json()["error_message"] == in_chinese(NO_PASSWORDS)


def test_the_admin_api_answers_with_the_reason(admin, district):
    address = reverse("wagtailadmin_api:pages:action", args=[district.home.pk, "unpublish"])
    response = admin.post(address, {}, content_type="application/json")
    assert response.status_code == 403
    assert response.json() == {"detail": in_chinese(READ_ONLY_API)}


def test_the_reason_of_a_guard_reaches_the_person(client, district, monkeypatch):
    """Where the table of closed views forgets one, the guard refuses, and says why."""
    monkeypatch.setattr(closed_views, "CLOSED_VIEWS", {})
    client.force_login(district.admin)
    for name, reason in (("wagtailsites:delete", model_guards.BY_TWO_PEOPLE),):
        address = reverse(name, args=[Site.objects.get().pk])
        response = client.post(address, follow=True)
        html = unescape(response.content.decode())
        assert in_chinese(reason) in html
        assert len(response.context["messages"]) == 1, "and Wagtail's empty sentence is not there"
    assert Site.objects.exists()


def test_ordinary_work_is_not_disturbed(client, district):
    """The editor's own draft is copied, moved within the school's rights, and deleted."""
    page = brand_draft(district.schools[0], district.editor1)
    client.force_login(district.editor1)
    for name in ("copy", "delete", "edit", "move"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert client.get(address).status_code == 200
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not type(page).objects.filter(pk=page.pk).exists()


def test_no_menu_leads_to_workflows(client, district):
    for role in USERNAMES:
        client.force_login(getattr(district, role))
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        for name in ("wagtailadmin_workflows:index", "wagtailadmin_workflows:task_index"):
            assert reverse(name) not in html


def test_a_stranger_is_sent_to_the_login(client, district):
    for name in ("wagtailadmin_workflows:index", "wagtailsites:add", "wagtailredirects:add"):
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))


def test_public_pages_do_not_vary_by_cookie(client, district):
    response = client.get(district.home.url)
    assert "Cookie" not in response.headers.get("Vary", "")

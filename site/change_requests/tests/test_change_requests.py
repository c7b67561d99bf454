"""Changes by two people: addresses change when another of the committee confirms, never else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from audit.models import RecordEntry
from change_requests import domain, permissions
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import OLD_PATH, change_entries, decide_on, post_form, requested
from core.publishing.refusals import Refused
from publication import withdrawal
from roles.models import Role
from tests.helpers.district import brand_draft, create_user, fresh
from tests.helpers.publish_attempts import public_page


@pytest.fixture
def second(district):
    """Another final approver."""
    return create_user("final2", Role.FINAL_APPROVER, district.home)


def test_nothing_changes_before_another_person_confirms(client, district):
    requested(client, district)
    requested(client, district, "site")
    assert not Redirect.objects.exists()
    assert Site.objects.get().hostname == "localhost"


@pytest.mark.parametrize("name", ["admin", "section", "web_editor", "editor1", "reviewer1"])
def test_only_a_final_approver_confirms(client, district, name):
    change_request = requested(client, district)
    for action in ("confirm", "refuse"):
        decide_on(client, getattr(district, name), change_request, action, "好")
    change_request.refresh_from_db()
    assert change_request.status == ChangeRequest.Status.PENDING
    assert not Redirect.objects.exists()


def test_whoever_requests_a_change_does_not_confirm_it_whatever_their_role(district):
    site = Site.objects.get()
    payload = {
        "action": "add",
        "site": site.pk,
        "old_path": OLD_PATH,
        "target": "https://a.example/",
    }
    change_request = domain.request_change(
        "redirect", user=district.final, title="x", payload=payload, reason="旧地址",
        district_key=district.home.translation_key,
    )  # fmt: skip
    with pytest.raises(Refused):
        domain.confirm(change_request, district.final)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("name", ["web_editor", "editor1", "reviewer1", "colleague"])
def test_nobody_outside_the_committee_sees_a_change(non_raising_client, district, name):
    change_request = requested(non_raising_client, district)
    non_raising_client.force_login(getattr(district, name))
    for address in (
        reverse("change_requests_list"),
        reverse("change_requests_detail", args=[change_request.pk]),
        reverse("change_requests_propose_site"),
        reverse("change_requests_propose_redirect"),
    ):
        response = non_raising_client.get(address)
        assert response.status_code == 302
        assert OLD_PATH not in non_raising_client.get(response.url).content.decode()


@pytest.mark.parametrize("name", ["final", "section", "web_editor"])
def test_only_administrators_request_addresses(non_raising_client, district, name):
    non_raising_client.force_login(getattr(district, name))
    form = {"site": Site.objects.get().pk, "old_path": OLD_PATH, "target": "https://a.example/"}
    non_raising_client.post(reverse("change_requests_propose_redirect"), form | {"reason": "旧"})
    assert not ChangeRequest.objects.exists()


def test_a_request_without_a_reason_is_refused_and_keeps_what_was_typed(client, district):
    response = post_form(client, district, reason="  ")
    assert response.status_code == 200
    assert OLD_PATH in response.content.decode()
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"old_path": "http://["}, {"old_path": "//["}, {"old_path": "/%00"}, {"old_path": "/a%0Ab"},
     {"target": "https://[::1"}, {"target": "http://["}, {"target": "+7"}, {"target": "9" * 30}],
    ids=repr,
)  # fmt: skip
def test_what_is_no_address_is_named_and_what_was_typed_stays(client, district, wrong):
    client.force_login(district.admin)
    form = {"site": Site.objects.get().pk, "old_path": OLD_PATH, "target": "https://a.example/"}
    address = reverse("change_requests_propose_redirect")
    response = client.post(address, form | {"reason": "旧地址。"} | wrong)
    assert response.status_code == 200
    assert response.context["reasons"]
    assert "旧地址。" in response.content.decode()
    assert not ChangeRequest.objects.exists()


def test_nobody_refuses_a_change_without_an_opinion(client, district):
    change_request = requested(client, district)
    assert decide_on(client, district.final, change_request, "refuse").status_code == 200
    change_request.refresh_from_db()
    assert change_request.status == ChangeRequest.Status.PENDING
    decide_on(client, district.final, change_request, "refuse", "宣传册没有印。")
    change_request.refresh_from_db()
    assert change_request.status == ChangeRequest.Status.REFUSED
    assert not Redirect.objects.exists()


def test_no_redirect_over_a_public_address(client, district):
    page = public_page(district)
    for address in (page.url, "/", "/en/", page.url + "?a=1", page.url.rstrip("/")):
        assert post_form(client, district, old_path=address).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_no_redirect_over_a_withdrawn_address_nor_to_a_withdrawn_page(client, district):
    page = public_page(district)
    change_request = requested(client, district, target=str(page.pk))
    withdrawal.withdraw(page, district.final, "来源有误")
    assert post_form(client, district, old_path=page.url).status_code == 200
    assert post_form(client, district, target=str(page.pk)).status_code == 200
    assert decide_on(client, district.final, change_request).status_code == 200
    change_request.refresh_from_db()
    assert change_request.status == ChangeRequest.Status.PENDING
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("old_path", "old/page"),
        ("old_path", "https://other.example/old"),
        ("old_path", "/" + "a" * 300),
        ("target", "http://example.org/"),
        ("target", "javascript:alert(1)"),
        ("target", "https://"),
        ("target", "99999999"),
        ("target", "https://localhost/old/page"),
    ],
)
def test_bad_addresses_are_named(client, district, name, value):
    assert post_form(client, district, **{name: value}).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_a_draft_is_no_target(client, district):
    page = brand_draft(district.schools[0], district.editor1)
    assert post_form(client, district, target=str(page.pk)).status_code == 200


def test_an_address_that_became_public_meanwhile_is_not_covered(client, district):
    page = brand_draft(district.schools[0], district.editor1, slug="later")
    change_request = requested(client, district, old_path=page.url.rstrip("/"))
    page.delete()
    public_page(district, slug="later", kind="branch")
    assert decide_on(client, district.final, change_request).status_code == 200
    assert not Redirect.objects.exists()


def test_a_confirmed_redirect_leads_readers_on_and_a_deletion_ends_it(client, district):
    decide_on(client, district.final, requested(client, district))
    client.logout()
    response = client.get(OLD_PATH + "/")
    assert (response.status_code, response.url) == (301, "https://example.org/a")
    assert post_form(client, district).status_code == 200  # There is one already.
    redirect = Redirect.objects.get()
    client.force_login(district.admin)
    form = {"redirect": redirect.pk, "reason": "不再需要。"}
    assert client.post(reverse("change_requests_propose_redirect"), form).status_code == 302
    assert Redirect.objects.exists()
    decide_on(client, district.final, ChangeRequest.objects.latest("pk"))
    assert not Redirect.objects.exists()


def test_both_people_are_on_the_record(client, district):
    change_request = requested(client, district)
    decide_on(client, district.final, change_request, opinion="同意。")
    entries = (
        RecordEntry.objects.filter(kind=RecordEntry.Kind.CHANGE)
        .exclude(user_id=None)
        .order_by("pk")
    )
    people_and_status = [(entry.user_id, entry.detail["status"]) for entry in entries]
    assert people_and_status == [(district.admin.pk, "pending"), (district.final.pk, "confirmed")]
    assert entries[1].opinion == "同意。"


def test_a_second_decision_is_answered_with_who_decided_first(client, district, second):
    change_request = requested(client, district)
    decide_on(client, district.final, change_request)
    for user in (district.final, second):
        response = decide_on(client, user, change_request, "refuse", "我不同意。", follow=True)
        assert str(district.final) in response.content.decode()
        assert response.status_code == 200
    assert "我不同意。" in response.content.decode()
    change_request.refresh_from_db()
    assert change_request.status == ChangeRequest.Status.CONFIRMED
    assert change_entries().count() == 2


def test_only_whoever_requested_a_change_takes_it_back(client, district):
    change_request = requested(client, district)
    decide_on(client, district.final, change_request, "take_back")
    assert ChangeRequest.objects.get().status == ChangeRequest.Status.PENDING
    decide_on(client, district.admin, change_request, "take_back")
    assert ChangeRequest.objects.get().status == ChangeRequest.Status.TAKEN_BACK
    decide_on(client, district.final, change_request)
    assert not Redirect.objects.exists()


def test_a_site_has_a_public_home_page(client, district):
    page = public_page(district)
    assert post_form(client, district, "site", root_page=page.pk).status_code == 200
    for name, value in (("hostname", ""), ("port", "0"), ("port", "99999")):
        assert post_form(client, district, "site", **{name: value}).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_a_confirmed_site_has_its_new_address(client, district):
    decide_on(client, district.final, requested(client, district, "site"))
    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name) == ("xin.example.org", 443, "新名")
    assert fresh(district.home).live


def test_no_redirect_is_written_outside_a_confirmation(district):
    with pytest.raises(PermissionDenied):
        Redirect.add_redirect(OLD_PATH, "https://example.org/")


def test_the_menu_counts_what_waits_for_this_person(
    client, district, second, django_assert_max_num_queries
):
    requested(client, district)
    with django_assert_max_num_queries(4):
        assert permissions.confirmable_by(district.final).count() == 1
    assert permissions.confirmable_by(second).count() == 1
    for name in ("admin", "section", "editor1", "web_editor"):
        assert permissions.confirmable_by(getattr(district, name)).count() == 0
    client.force_login(district.final)
    assert OLD_PATH in client.get(reverse("change_requests_list")).content.decode()


def test_the_committee_of_another_district_neither_sees_nor_confirms(non_raising_client, district):
    stranger = create_user("stranger", Role.FINAL_APPROVER, district.schools[0])
    change_request = requested(non_raising_client, district)
    decide_on(non_raising_client, stranger, change_request)
    assert not Redirect.objects.exists()
    assert not permissions.visible_to(stranger).exists()
